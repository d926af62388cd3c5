import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { buildRegistry } from '../../src/config/build-registry.js';
import { loadConfig } from '../../src/config/load-config.js';
import { diagnose } from '../../src/doctor/diagnose.js';
import { diagnoseLockfile } from '../../src/doctor/diagnose-lockfile.js';
import {
  DOCTOR_CATALOGUE,
  severityOf,
  tellDoctorFinding,
  tellUnusable,
} from '../../src/doctor/doctor-catalogue.js';
import type { DoctorFinding } from '../../src/doctor/doctor-finding.js';
import { mergeFindings } from '../../src/doctor/merge-findings.js';
import { gatherProjectFacts } from '../../src/doctor/project-facts.js';
import { loadPlugins } from '../../src/plugins/load-plugins.js';

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function aProject(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'oneiric-doctor-'));
  folders.push(folder);
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

async function findingsOf(
  config: string,
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<readonly DoctorFinding[]> {
  const cwd = aProject({ 'a.js': '', ...files, 'oneiric.config.yaml': config });
  const loaded = await loadConfig({ cwd, env, missingSecrets: 'note' });
  const registry = await buildRegistry(loaded, { platform: { os: 'linux', node: '20.20.2' } });
  const { plugins } = loaded.config;
  const { reports } = await loadPlugins(registry, { projectDir: cwd, plugins });
  return diagnose(registry.snapshot(), loaded, await gatherProjectFacts(loaded, env, reports));
}

const offer = (key: string, provider: string, more = ''): string =>
  `  - { domain: a, key: ${key}, provider: ${provider}, factory: './a.js#x'${more === '' ? '' : `, ${more}`} }\n`;
const offers = (...all: readonly string[]): string => `candidates:\n${all.join('')}`;

describe('doctor', () => {
  it.each([
    ['a pin to nobody', `${offers(offer('b', 'redis'))}selections: { a: { b: rediss } }`, ['SELECTION_UNKNOWN'], 'Did you mean "redis"?'],
    ['a preference for nobody', `${offers(offer('b', 'redis'))}selections: { a: { b: { provider: x, policy: prefer } } }`, ['PREFERENCE_UNKNOWN'], 'prefers x for a/b'],
    ['a selection for no key', `${offers(offer('cache', 'redis'))}selections: { a: { cahce: redis } }`, ['SELECTION_WITHOUT_CANDIDATE'], 'Did you mean "a/cache"?'],
    ['a tie', offers(offer('b', 'x'), offer('b', 'y')), ['TIE'], 'y wins over x'],
    ['a key that nothing wins', offers(offer('b', 'x', 'platform: { os: [win32] }')), ['NOTHING_WINS', 'PLATFORM_UNSUPPORTED'], 'needs win32'],
    ['a requirement that nobody meets', offers(offer('b', 'x', 'requires: [c]'), offer('b', 'y', 'priority: 1')), ['REQUIREMENT_UNMET'], 'requires a/c'],
    ['a conflict', offers(offer('b', 'x', 'conflictsWith: [y]'), offer('b', 'y')), ['CONFLICTING'], 'conflicts with y'],
    ['an injection from nowhere', offers(offer('b', 'x', 'inject: { q: quee }'), offer('queue', 'x')), ['INJECT_MISSING'], 'wants a/quee as "q"'],
    ['a circle of injections', offers(offer('b', 'x', 'inject: { q: c }'), offer('c', 'x', 'inject: { q: b }')), ['INJECT_CYCLE'], 'a/b -> a/c -> a/b'],
    ['a circle of requirements', offers(offer('b', 'x', 'requires: [c]'), offer('c', 'x', 'requires: [b]')), ['REQUIRES_CYCLE'], 'a/b -> a/c -> a/b'],
    ['a file that is not there', offers(offer('b', 'x').replace('a.js', 'gone.js')), ['FACTORY_FILE_MISSING'], './gone.js'],
    ['a package that is not there', offers(offer('b', 'x').replace('./a.js', '@acme/gone')), ['FACTORY_PACKAGE_MISSING'], '@acme/gone is not installed'],
    ['a package in the stack order that offers nothing', 'stackOrder: { "@acme/redis": 5 }', ['STACK_ORDER_UNUSED'], '@acme/redis'],
    ['a secret that is not there', `${offers(offer('b', 'x'))}settings: { a: { b: { x: { url: 'env:NOT_SET' } } } }`, ['SETTINGS_UNUSABLE'], 'NOT_SET'],
    ['a plugin that is not installed', 'plugins: ["@acme/gone"]', ['PLUGIN_NOT_INSTALLED'], '@acme/gone'],
  ])('finds %s, and says it with its names', async (_, config, codes, words) => {
    const found = await findingsOf(config);
    expect(found.map(({ code }) => code)).toEqual(codes);
    expect(found.map(tellDoctorFinding).join('\n')).toContain(words);
  }); // prettier-ignore

  it('names a plugin that is not loaded before the key that nothing wins without it', async () => {
    const provides = [{ domain: 'a', key: 'b', provider: 'x' }];
    const peerDependencies = { '@oneiric/core': '>=99' };
    const found = await findingsOf('', {
      'package.json': '{ "dependencies": { "gone": "*", "later": "*" } }',
      'node_modules/gone/package.json': JSON.stringify({ oneiric: { plugin: './gone.js', provides } }),
      'node_modules/later/package.json': JSON.stringify({ oneiric: { plugin: './a.js' }, peerDependencies }),
      'node_modules/later/a.js': '',
    });
    expect(found.map(({ code }) => code)).toEqual([
      'PLUGIN_ENTRY_INVALID',
      'PLUGIN_CORE_UNSUPPORTED',
      'NOTHING_WINS',
    ]);
  });

  it('says of a setting that nobody gives that it is not set', () => {
    expect(tellUnusable('url', 'nothing')).toBe('its setting url is not set');
    expect(tellUnusable('', 'text')).toBe('its settings are text');
  });

  it('finds nothing in a project that is well', async () => {
    const env = { ONEIRIC_SELECTIONS: 'a/b=x', ONEIRIC_URL: 'x' };
    const settings = `settings: { a: { b: { x: { url: 'env:ONEIRIC_URL' } } } }`;
    expect(await findingsOf(`${offers(offer('b', 'x'))}${settings}`, {}, env)).toEqual([]);
  });

  it('finds a variable that nobody reads, and not one that is blank', async () => {
    const found = await findingsOf('', {}, { ONEIRIC_SELECTION: 'a/b=x', ONEIRIC_OTHER: ' ' });
    expect(found.map(tellDoctorFinding)).toEqual([
      'The environment variable ONEIRIC_SELECTION is set, and nothing reads it. Did you mean "ONEIRIC_SELECTIONS"?',
    ]);
  });

  it('takes a TypeScript file for the JavaScript that it is compiled to', async () => {
    expect(await findingsOf(offers(offer('b', 'x').replace('a.js', 'b.js')), { 'b.ts': '' })).toEqual([]);
  });

  it('finds versions that differ, also in what a package brings along', async () => {
    const manifest = (name: string, version: string) => JSON.stringify({ name: `@oneiric/${name}`, version });
    const found = await findingsOf('', {
      'node_modules/@oneiric/core/package.json': manifest('core', '1.0.0'),
      'node_modules/@oneiric/cli/package.json': manifest('cli', '1.0.0'),
      'node_modules/@oneiric/cli/node_modules/@oneiric/core/package.json': manifest('core', '1.1.0'),
    });
    expect(found.map(tellDoctorFinding)).toEqual([
      'Different versions are installed: @oneiric/cli 1.0.0, @oneiric/core 1.0.0 and @oneiric/core 1.1.0.',
    ]);
  });

  it('names the place of what is written somewhere', async () => {
    const [found] = await findingsOf(`selections: { a: { b: rediss } }\n${offers(offer('b', 'redis'))}`);
    expect(found?.place).toMatchObject({ file: 'oneiric.config.yaml', line: 1, path: 'selections.a.b' });
  });

  it('tells each finding once, with the environments that it holds in, the gravest first', async () => {
    const base = await findingsOf('stackOrder: { "@acme/redis": 5 }');
    const other = [...(await findingsOf(offers(offer('b', 'x').replace('a.js', 'gone.js')))), ...base];
    const merged = mergeFindings([[null, base], ['production', other]]); // prettier-ignore
    expect(merged.map(({ code, environments }) => [code, environments])).toEqual([
      ['FACTORY_FILE_MISSING', ['production']],
      ['STACK_ORDER_UNUSED', [null, 'production']],
    ]);
  });

  it('knows a variable that one of the environments reads', () => {
    const unknown = (name: string): DoctorFinding => ({
      code: 'VARIABLE_UNKNOWN',
      key: null,
      place: { kind: 'environment', variable: name },
      details: { name, nearest: null },
    });
    const merged = mergeFindings([
      [null, [unknown('ONEIRIC_TOKEN'), unknown('ONEIRIC_TYPO')]],
      ['production', [unknown('ONEIRIC_TYPO')]],
    ]);
    expect(merged.map(({ place }) => place?.variable)).toEqual(['ONEIRIC_TYPO']);
  });

  it('says what is wrong with the lockfile', () => {
    const codes = (...args: Parameters<typeof diagnoseLockfile>) =>
      diagnoseLockfile(...args).map((each) => `${severityOf(each)} ${each.code}`);
    expect(codes({ file: 'x', state: 'present', strays: [] })).toEqual([]);
    expect(codes({ file: 'x', state: 'absent', strays: ['sub/x'] })).toEqual([
      'warning LOCKFILE_STRAY',
      'note LOCKFILE_MISSING',
    ]);
    expect(codes({ file: 'x', state: { message: 'y' }, strays: [] })).toEqual(['error LOCKFILE_UNREADABLE']);
  });

  it('has words for every code', () => {
    for (const { title, meaning, remedy } of Object.values(DOCTOR_CATALOGUE))
      expect([title, meaning, remedy].every((words) => words.length > 5)).toBe(true);
  });
});
