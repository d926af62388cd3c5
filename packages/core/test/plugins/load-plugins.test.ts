import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createOneiric } from '../../src/create-oneiric.js';
import { loadProject } from '../../src/load-project.js';
import { discoverPlugins } from '../../src/plugins/discover-plugins.js';
import { loadPlugins } from '../../src/plugins/load-plugins.js';
import type { PluginHost } from '../../src/plugins/plugin-host.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { snapshotJson } from '../../src/registry/snapshot-json.js';
import { aProject } from '../config/a-project.js';
import { coded } from '../registry/harness/coded.js';
import { statesOf } from './a-plugin.js';

const CLEANED = Symbol.for('oneiric.test.cleaned');
const cleaned = (): string[] => ((globalThis as Record<symbol, unknown>)[CLEANED] ??= []) as string[];
beforeEach(() => void (cleaned().length = 0));

/** The module of a plugin that offers one provider, and notes when it is cleaned up. */
const module = (provider: string, more = ''): string => `export default {
  name: '${provider}',
  candidates: [{ domain: 'adapter', key: 'cache', provider: '${provider}', factory: () => '${provider}' ${more} }],
  setup: () => () => globalThis[Symbol.for('oneiric.test.cleaned')].push('${provider}'),
};`;

type Files = Readonly<Record<string, string>>;
const manifest = (name: string, more: object = {}, oneiric: object = {}): Files => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({
    name,
    version: '1.2.3',
    type: 'module',
    oneiric: { plugin: './plugin.js', ...oneiric },
    ...more,
  }),
});
const plugin = (name: string, provider: string, more?: string): Files => ({
  ...manifest(name),
  [`node_modules/${name}/plugin.js`]: module(provider, more),
});
const direct = (...names: readonly string[]): Files => ({
  'package.json': JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '*'])) }),
});

const told = ({ reports }: PluginHost) =>
  reports.map(({ package: name, state, reason }) =>
    [name, state, reason].filter((part) => part !== null).join(' '),
  );

describe('the plugins of a project', () => {
  it('are found where a package.json begins with a byte order mark', async () => {
    const files = { ...direct('a'), ...plugin('a', 'pa') };
    const marked = Object.entries(files).map(([name, text]) => [
      name,
      name.endsWith('.json') ? `\uFEFF${text}` : text,
    ]);
    const projectDir = aProject(Object.fromEntries(marked) as Files);
    await using host = await loadPlugins(new CandidateRegistry(), { projectDir });
    expect(told(host)).toEqual(['a loaded']);
  });

  it.each([
    ['is cut off', '{ "name": "a", "oneiric": {'],
    ['is no object', '[]'],
    ['has more than a mebibyte', JSON.stringify({ oneiric: {}, x: 'x'.repeat(1_048_576) })],
  ])('do not go away in silence where the package.json of a dependency %s', async (_, text) => {
    const projectDir = aProject({
      ...direct('a'),
      ...plugin('a', 'pa'),
      'node_modules/a/package.json': text,
    });
    await using host = await loadPlugins(new CandidateRegistry(), { projectDir });
    expect(told(host)).toEqual(['a failed MANIFEST_INVALID']);
    await using listed = await loadPlugins(new CandidateRegistry(), { projectDir, plugins: ['a'] });
    expect(listed.reports[0]?.detail).toBe('its package.json cannot be read; expected a JSON object');
  });

  it('are not looked for in a folder around the project that has the name of a dependency', async () => {
    const files = {
      'package.json': '{ "name": "a", "oneiric": { "plugin": "./plugin.js" } }',
      'plugin.js': module('pa'),
    };
    const outer = aProject({ ...files, 'inner/package.json': '{ "dependencies": { "a": "*" } }' });
    const projectDir = join(outer, 'inner');
    await using host = await loadPlugins(new CandidateRegistry(), { projectDir, plugins: ['a'] });
    expect(told(host)).toEqual(['a skipped NOT_INSTALLED']);
  });

  it('are none where the package.json of the project cannot be read, and not those of a project around it', async () => {
    const outer = aProject({ ...direct('a'), ...plugin('a', 'pa'), 'inner/package.json': '{' });
    await using host = await loadPlugins(new CandidateRegistry(), { projectDir: join(outer, 'inner') });
    expect(told(host)).toEqual([]);
  });

  it('are by default those that its direct dependencies declare', async () => {
    const projectDir = aProject({
      ...direct('b', 'a', 'none'),
      ...plugin('a', 'pa'),
      ...plugin('b', 'pb'),
      ...plugin('other', 'po'),
    });
    const registry = new CandidateRegistry();
    const host = await loadPlugins(registry, { projectDir });
    expect(told(host)).toEqual(['a loaded', 'b loaded']);
    expect(registry.resolve('adapter', 'cache')).toMatchObject({
      provider: 'pb',
      source: { kind: 'plugin', id: 'b', package: 'b', version: '1.2.3', file: 'b/plugin.js' },
    });
    expect(registry.revision).toBe(2);
    expect(
      (await discoverPlugins(projectDir)).map(({ package: name, direct: isDirect }) => [name, isDirect]),
    ).toEqual([
      ['a', true],
      ['b', true],
      ['other', false],
    ]);
  });

  it('are reported where a dependency says something about one, and names no module', async () => {
    const provides = [{ domain: 'adapter', key: 'cache', provider: 'x' }];
    const projectDir = aProject({ ...direct('a'), ...manifest('a', {}, { plugin: undefined, provides }) });
    const registry = new CandidateRegistry();
    expect(told(await loadPlugins(registry, { projectDir }))).toEqual(['a skipped UNDECLARED']);
    expect(statesOf(registry)).toEqual(['x filtered LOAD_FAILED']);
  });

  it.each([
    [
      'a throw',
      { 'plugin.js': `import './inner.js';`, 'inner.js': `\n  throw new Error('no space left');` },
      { file: 'a/inner.js', line: 2, column: 9 },
    ],
    [
      'a syntax error',
      { 'plugin.js': `import './inner.js';`, 'inner.js': 'const a = 1;\nexport default definePlugin({' },
      { file: 'a/inner.js', line: 2, column: 30 },
    ],
    [
      'an import of what is not there',
      { 'plugin.js': `import 'node:fs';\nimport x from 'acme-gone';\nexport default x;` },
      { file: 'a/plugin.js', line: 2, column: 15 },
    ],
    [
      'a throw in setup',
      { 'plugin.js': `export default { name: 'a', setup() {\n  null.x();\n} };` },
      { file: 'a/plugin.js', line: 2, column: 8 },
    ],
    ['what is no error', { 'plugin.js': 'throw 7;' }, null],
  ])('are reported with the place of %s', async (_, sources, at) => {
    const files = Object.entries(sources).map(([name, text]) => [`node_modules/a/${name}`, text] as const);
    const projectDir = aProject({ ...direct('a'), ...manifest('a'), ...Object.fromEntries(files) });
    await using host = await loadPlugins(new CandidateRegistry(), { projectDir });
    expect(host.reports).toMatchObject([{ state: 'failed', at }]);
  });

  it.each([
    [
      'adapter/cache',
      'its package.json has oneiric.provides "adapter/cache"; expected a list of { domain, key, provider }',
    ],
    [
      [{ domain: 'adapter', key: 'cache' }, 'adapter/cache'],
      'its package.json has oneiric.provides[1] "adapter/cache"; expected { domain, key, provider }',
    ],
    [[{ domain: 'adapter', key: 'cache' }], null],
  ])('are loaded although they provide %j, and that is told', async (provides, detail) => {
    const projectDir = aProject({ ...direct('a'), ...plugin('a', 'pa'), ...manifest('a', {}, { provides }) });
    await using host = await loadPlugins(new CandidateRegistry(), { projectDir });
    expect(host.reports).toMatchObject([{ state: 'loaded', reason: null, detail }]);
  });

  it('are told while they are waited for, those that are imported and no others', async () => {
    const projectDir = aProject({
      ...direct('a', 'b', 'other'),
      ...plugin('a', 'pa'),
      ...manifest('b'),
      'node_modules/b/plugin.js': `export default { name: 'b', setup: () => globalThis[Symbol.for('oneiric.test.gate')] };`,
      ...manifest('other', { cpu: ['pdp11'] }),
      'node_modules/other/plugin.js': '',
    });
    let open = (): void => undefined;
    const gate = new Promise<undefined>((resolve) => (open = () => resolve(undefined)));
    Object.assign(globalThis, { [Symbol.for('oneiric.test.gate')]: gate });
    const pending: string[] = [];
    const onPending = (packages: readonly string[]): void => {
      pending.push(packages.join(' '));
      if (packages.join(' ') === 'b') open();
    };
    await using host = await loadPlugins(new CandidateRegistry(), { projectDir, onPending });
    expect(host.reports.map(({ state }) => state)).toEqual(['loaded', 'loaded', 'skipped']);
    expect(pending).toEqual(['a b', 'b', '']);
  });

  it('are only those that are listed where there is a list, and none where it says so', async () => {
    const projectDir = aProject({ ...direct('a', 'b'), ...plugin('a', 'pa'), ...plugin('b', 'pb') });
    expect(told(await loadPlugins(new CandidateRegistry(), { projectDir, plugins: ['b', 'gone'] }))).toEqual([
      'b loaded',
      'gone skipped NOT_INSTALLED',
    ]);
    expect(told(await loadPlugins(new CandidateRegistry(), { projectDir, plugins: false }))).toEqual([]);
  });

  it.each<[reason: string, Files, states: readonly string[]]>([
    ['UNDECLARED', { 'node_modules/a/package.json': '{}' }, []],
    ['MANIFEST_INVALID', { 'node_modules/a/package.json': '{' }, []],
    ['ENTRY_INVALID', manifest('a', {}, { plugin: './gone.js' }), []],
    ['ENTRY_INVALID', manifest('a', {}, { plugin: 7 }), []],
    ['ENTRY_INVALID', manifest('a', {}, { plugin: './../../plugin.js' }), []],
    ['ENTRY_INVALID', manifest('a', {}, { plugin: '/plugin.js' }), []],
    ['ENTRY_INVALID', manifest('a', {}, { plugin: 'plugin.js' }), []],
    ['ENTRY_INVALID', manifest('a', {}, { plugin: './linked.js' }), []],
    ['OS_UNSUPPORTED', manifest('a', { os: ['plan9'] }), ['x filtered LOAD_FAILED']],
    ['OS_UNSUPPORTED', manifest('a', { os: [`!${process.platform}`] }), ['x filtered PLATFORM_UNSUPPORTED']],
    ['CPU_UNSUPPORTED', manifest('a', { cpu: ['pdp11'] }), ['x filtered LOAD_FAILED']],
    ['NODE_UNSUPPORTED', manifest('a', { engines: { node: '>=99' } }), ['x filtered PLATFORM_UNSUPPORTED']],
    ['NODE_UNSUPPORTED', manifest('a', { engines: { node: 'new' } }), ['x filtered LOAD_FAILED']],
    [
      'CORE_UNSUPPORTED',
      manifest('a', { peerDependencies: { '@oneiric/core': '>=99' } }),
      ['x filtered LOAD_FAILED'],
    ],
  ])('are not imported where their package.json does not fit: %s %#', async (reason, files, states) => {
    const provides = [
      { domain: 'adapter', key: 'cache', provider: 'x' },
      { domain: '__proto__', key: 'x' },
      null,
    ];
    const text = Object.values(files)[0] ?? '';
    const withProvides =
      states.length === 0
        ? text
        : text.replace('"plugin":', `"provides":${JSON.stringify(provides)},"plugin":`);
    const projectDir = aProject({
      ...direct('a'),
      'node_modules/a/plugin.js': 'throw new Error("it was run")',
      'plugin.js': 'throw new Error("it was run")',
      'node_modules/a/package.json': withProvides,
    });
    symlinkSync(join(projectDir, 'plugin.js'), join(projectDir, 'node_modules/a/linked.js'));
    const registry = new CandidateRegistry();
    const state = ['MANIFEST_INVALID', 'ENTRY_INVALID'].includes(reason) ? 'failed' : 'skipped';
    const loaded = await loadPlugins(registry, { projectDir, plugins: ['a'] });
    expect(told(loaded)).toEqual([`a ${state} ${reason}`]);
    expect(loaded.reports).toMatchObject([{ generation: 0, error: state === 'failed' ? {} : null }]);
    expect(statesOf(registry)).toEqual(states);
  });

  it.each<[option: string, object]>([
    ['projectDir', {}],
    ['projectDir', { projectDir: 7 }],
    ['plugins', { projectDir: '/', plugins: ['../x'] }],
    ['plugins', { projectDir: '/', plugins: true }],
    ['allowedPackages', { projectDir: '/', allowedPackages: 'x' }],
    ['timeoutMs', { projectDir: '/', timeoutMs: 0 }],
    ['timeoutMs', { projectDir: '/', timeoutMs: Number.NaN }],
    ['signal', { projectDir: '/', signal: {} }],
    ['clock', { projectDir: '/', clock: {} }],
    ['"timeout"', { projectDir: '/', timeout: 5 }],
  ])('are not loaded with a wrong option: %s %#', async (option, options) => {
    const loading = loadPlugins(new CandidateRegistry(), options as never);
    await expect(loading).rejects.toMatchObject({
      code: 'ONEIRIC_PLUGIN_OPTION_INVALID',
      details: { option },
    });
  });

  it.each([[undefined], [null], [7], [{}], ['']])('are not looked for in %p', async (projectDir) => {
    await expect(discoverPlugins(projectDir as never)).rejects.toMatchObject({
      code: 'ONEIRIC_PLUGIN_OPTION_INVALID',
      details: { option: 'projectDir' },
    });
  });

  it.each([[undefined], [null], [{}], [new Map()]])('are not loaded into %p', async (registry) => {
    await expect(loadPlugins(registry as never, { projectDir: '/' })).rejects.toMatchObject({
      code: 'ONEIRIC_PLUGIN_OPTION_INVALID',
      details: { option: 'registry' },
    });
  });

  it('are not loaded inside a transaction', async () => {
    const registry = new CandidateRegistry();
    const loading = registry.transaction(() => loadPlugins(registry, { projectDir: '/' }));
    await expect(loading).rejects.toThrow(coded('ONEIRIC_PLUGIN_IN_TRANSACTION'));
  });
});

describe('a plugin that is unloaded', () => {
  it('leaves the registry as it was, and is cleaned up once', async () => {
    const projectDir = aProject({ ...direct('a', 'b'), ...plugin('a', 'pa'), ...plugin('b', 'pb') });
    const registry = new CandidateRegistry();
    const before = snapshotJson(registry.snapshot()).keys;
    const host = await loadPlugins(registry, { projectDir });
    expect(await host.unload('a')).toMatchObject({ state: 'unloaded', candidates: 0, error: null });
    await host.unload('a');
    await Promise.all([host.close(), host.close()]);
    expect(cleaned()).toEqual(['pa', 'pb']);
    expect(snapshotJson(registry.snapshot()).keys).toEqual(before);
    await expect(host.unload('a')).rejects.toThrow(coded('ONEIRIC_PLUGIN_HOST_CLOSED'));
  });

  it('is unloaded although its cleanup throws; close says so of all', async () => {
    const bad = (name: string): Files => ({
      ...manifest(name),
      [`node_modules/${name}/plugin.js`]: `export default { name: '${name}', setup: () => ({ [Symbol.asyncDispose]() { throw new Error('${name} is stuck'); } }) };`,
    });
    const projectDir = aProject({ ...direct('a', 'b', 'c'), ...bad('a'), ...bad('b'), ...bad('c') });
    const host = await loadPlugins(new CandidateRegistry(), { projectDir });
    expect(await host.unload('a')).toMatchObject({
      state: 'unloaded',
      error: { code: 'ONEIRIC_PLUGIN_CLEANUP_FAILED' },
    });
    const error: unknown = await host.close().catch((reason: unknown) => reason);
    expect((error as AggregateError).errors.map(String)).toEqual([
      expect.stringContaining('c is stuck'),
      expect.stringContaining('b is stuck'),
    ]);
  });

  it('must be there', async () => {
    const projectDir = aProject({ ...direct('acme-a'), ...plugin('acme-a', 'pa') });
    const host = await loadPlugins(new CandidateRegistry(), { projectDir });
    await expect(host.unload('acme-b')).rejects.toThrow('Did you mean "acme-a"?');
  });
});

describe('createOneiric', () => {
  const files = (config: string): Files => ({
    ...direct('a', 'b'),
    ...plugin('a', 'pa'),
    ...plugin('b', 'pb'),
    'oneiric.config.yaml': config,
    'own.js': 'export const create = () => "own";',
  });
  const own = `candidates: [{ domain: adapter, key: cache, provider: own, factory: './own.js#create' }]\n`;

  it('publishes plugins and configuration in one commit, and the project wins a tie', async () => {
    const oneiric = await createOneiric({ projectDir: aProject(files(own)), env: {} });
    expect(oneiric.registry.revision).toBe(1);
    expect(told(oneiric.plugins)).toEqual(['a loaded', 'b loaded']);
    expect(statesOf(oneiric.registry)).toEqual(['own active', 'pb shadowed', 'pa shadowed']);
    expect(await oneiric.live('adapter', 'cache').use((value) => value)).toBe('own');
    await oneiric.close();
    expect(cleaned()).toEqual(['pb', 'pa']);
    expect(oneiric.registry.explain('adapter', 'cache').candidates.map(({ provider }) => provider)).toEqual([
      'own',
    ]);
  });

  it('takes settings for what a plugin offers, and refuses those for what nobody offers', async () => {
    const settings = (provider: string): string =>
      `settings: { adapter: { cache: { ${provider}: { max: 1 } } } }\n`;
    const good = await loadProject({ cwd: aProject(files(settings('pa'))), env: {} });
    expect(good.loaded.notices).toEqual([]);
    const wrong = loadProject({ cwd: aProject(files(settings('paa'))), env: {} });
    await expect(wrong).rejects.toThrow('Did you mean "pa"?');
    expect(cleaned()).toEqual(['pb', 'pa']);
  });

  it('only remarks on settings for what a plugin that cannot be loaded may offer', async () => {
    const cwd = aProject(files('settings: { adapter: { cache: { later: { max: 1 } } } }\n'));
    writeFileSync(join(cwd, 'node_modules/b/plugin.js'), 'throw new Error("broken");');
    await using project = await loadProject({ cwd, env: {} });
    expect(project.loaded.notices.map(({ text }) => text)).toEqual([expect.stringContaining('"later"')]);
  });

  it('loads no plugin of a configuration that is wrong', async () => {
    const cwd = aProject({
      ...files('defaultPriority: high\n'),
      'node_modules/a/plugin.js': 'globalThis[Symbol.for("oneiric.test.cleaned")].push("was run")',
    });
    await expect(loadProject({ cwd, env: {} })).rejects.toThrow(coded('ONEIRIC_CONFIG_INVALID'));
    expect(cleaned()).toEqual([]);
  });

  it('leaves nothing of the plugins where the lifecycle cannot be made', async () => {
    const projectDir = aProject(files(own));
    const making = createOneiric({ projectDir, env: {}, lifecycle: { concurrency: 0 } });
    await expect(making).rejects.toThrow(coded('ONEIRIC_LIFECYCLE_OPTION_INVALID'));
    expect(cleaned()).toEqual(['pb', 'pa']);
  });
});
