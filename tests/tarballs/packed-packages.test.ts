import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { describeInstalledPlugins } from '../plugins/describe-installed-plugins.js';
import { describeDocument } from '../support/describe-document.js';
import { ReaderProject } from '../support/reader-project.js';
import { run } from '../support/run.js';
import { namedFiles, publicPackages, readManifest, root } from '../support/workspace.js';
import { compile, errorCodes, modulesLoadedBy } from './consumer-checks.js';
import { installExample } from './example-project.js';
import { createPackedProject, type PackedProject } from './packed-project.js';

const INSTALL_TIMEOUT_MS = 240_000;
const TOOL_TIMEOUT_MS = 120_000;

jest.setTimeout(TOOL_TIMEOUT_MS);

let project: PackedProject;

beforeAll(async () => {
  project = await createPackedProject();
}, INSTALL_TIMEOUT_MS);

afterAll(() => {
  project[Symbol.dispose]();
});

const tool = (path: string, ...args: string[]) =>
  run(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: project.path });

const node = (...args: string[]) => run(process.execPath, args, { cwd: project.path });

describe.each(publicPackages.map(({ manifest }) => manifest.name))('packed %s', (name) => {
  const installed = () => join(project.path, 'node_modules', name);
  const tarball = () => project.tarballs.get(name) ?? '';

  it('has nothing that publint objects to', async () => {
    expect(await tool('publint/src/cli.js', 'run', tarball(), '--strict')).toMatchObject({ code: 0 });
  });

  it('has types that fit its code for every way to resolve them', async () => {
    const attw = '@arethetypeswrong/cli/dist/index.js';
    expect(await tool(attw, '--profile=esm-only', '--no-emoji', tarball())).toMatchObject({ code: 0 });
  });

  it('contains the files that its exports and its bin name', () => {
    const missing = namedFiles(readManifest(installed())).filter(
      (file) => !existsSync(join(installed(), file)),
    );
    expect(missing).toEqual([]);
  });

  it('contains the licence, a readme and a changelog', () => {
    expect(readdirSync(installed())).toEqual(
      expect.arrayContaining(['CHANGELOG.md', 'LICENSE', 'README.md']),
    );
  });

  it('contains no source, no test and no build state', () => {
    const files = readdirSync(installed(), { recursive: true, encoding: 'utf8' });
    const strays = files.filter((file) =>
      /(^|\/)(src|test|node_modules|\.api)(\/|$)|\.tsbuildinfo$|(?<!\.d)\.ts$/.test(file),
    );
    expect(strays).toEqual([]);
  });

  it('has source maps that carry their sources', () => {
    const dist = join(installed(), 'dist');
    const maps = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.map'),
    );
    const empty = maps.filter(
      (file) => !readFileSync(join(dist, file), 'utf8').includes('"sourcesContent":['),
    );
    expect(empty).toEqual([]);
  });

  it('depends on nothing by a workspace protocol or an open range', () => {
    const open = Object.entries(readManifest(installed()).dependencies ?? {}).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    );
    expect(open).toEqual([]);
  });

  it('can be required from CommonJS', async () => {
    const script = `console.log(Object.keys(require('${name}')).length > 0)`;
    expect(
      await node('--disable-warning=ExperimentalWarning', '--input-type=commonjs', '--eval', script),
    ).toEqual({
      code: 0,
      output: 'true\n',
    });
  });
});

describe('a program in a project that installed the packed packages', () => {
  const consumer = join(import.meta.dirname, 'consumer.ts');

  it('compiles with nodenext, and can name the code of every error that core throws', async () => {
    const uses = errorCodes(project).map((code) => `export const ${code}: ErrorCode = '${code}';`);
    const codes = ["import type { ErrorCode } from '@oneiric/core';", ...uses].join('\n');
    const sources = { 'consumer.ts': readFileSync(consumer, 'utf8'), 'codes.ts': codes };
    expect(uses.length).toBeGreaterThan(10);
    const compiled = await compile(project, sources, { moduleResolution: 'nodenext', module: 'nodenext' });
    expect(compiled).toEqual({ code: 0, output: '' });
  });

  it('runs as compiled', async () => {
    const script = `import('./compiled/consumer.js').then(({ main }) => main()).then(console.log)`;
    expect(await node('--eval', script)).toEqual({ code: 0, output: 'redis ONEIRIC_RESOLUTION_NONE 0\n' });
  });

  it('compiles with bundler, beside the types of a browser', async () => {
    const options = {
      moduleResolution: 'bundler',
      module: 'esnext',
      lib: ['es2023', 'esnext.disposable', 'dom'],
    };
    const compiled = await compile(project, { 'consumer.ts': readFileSync(consumer, 'utf8') }, options);
    expect(compiled).toEqual({ code: 0, output: '' });
  });

  it.each([
    ['nodenext', { moduleResolution: 'nodenext', module: 'nodenext' }],
    ['bundler', { moduleResolution: 'bundler', module: 'esnext' }],
  ])('compiles with %s, and with no types but those of the language', async (_, options) => {
    const sources = { 'consumer.ts': readFileSync(consumer, 'utf8') };
    expect(await compile(project, sources, { ...options, lib: ['es2022'], types: [] })).toEqual({
      code: 0,
      output: '',
    });
  });

  it('does not load inversify or reflect-metadata with the main entry of core', async () => {
    const loaded = await modulesLoadedBy(project, '@oneiric/core');
    expect(loaded).toEqual(expect.arrayContaining([expect.stringContaining('@oneiric/core/dist/index.js')]));
    expect(loaded.filter((url) => /inversify|reflect-metadata/.test(url))).toEqual([]);
  });
});

describe('a reader of the README who installed the packed packages', () => {
  describeDocument(join(root, 'README.md'), () => new ReaderProject(project.path));
});

describeInstalledPlugins(
  () => join(project.path, '..', 'plugins'),
  () => project.tarballs,
  INSTALL_TIMEOUT_MS,
);

describe.each(readdirSync(join(root, 'examples')))('a reader of the example %s', (name) => {
  let path = '';

  beforeAll(async () => {
    path = join(project.path, '..', name);
    await installExample(name, path, project.tarballs);
  }, INSTALL_TIMEOUT_MS);

  describeDocument(join(root, 'examples', name, 'README.md'), () => new ReaderProject(path));
});
