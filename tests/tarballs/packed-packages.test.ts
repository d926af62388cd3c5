import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { run } from '../support/run.js';
import { namedFiles, publicPackages, readManifest, root } from '../support/workspace.js';
import { createPackedProject, type PackedProject } from './packed-project.js';

const INSTALL_TIMEOUT_MS = 240_000;
const TOOL_TIMEOUT_MS = 60_000;

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

  it(
    'has nothing that publint objects to',
    async () => {
      expect(await tool('publint/src/cli.js', 'run', tarball(), '--strict')).toMatchObject({ code: 0 });
    },
    TOOL_TIMEOUT_MS,
  );

  it(
    'has types that fit its code for every way to resolve them',
    async () => {
      const attw = '@arethetypeswrong/cli/dist/index.js';
      expect(await tool(attw, '--profile=esm-only', '--no-emoji', tarball())).toMatchObject({ code: 0 });
    },
    TOOL_TIMEOUT_MS,
  );

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

describe('a project that installed the packed packages', () => {
  it.each([
    {
      moduleResolution: 'nodenext',
      module: 'nodenext',
      lib: ['es2023', 'esnext.disposable'],
      types: ['node'],
    },
    { moduleResolution: 'bundler', module: 'esnext', lib: ['es2023', 'esnext.disposable'], types: ['node'] },
    { moduleResolution: 'bundler', module: 'esnext', lib: ['es2023', 'esnext.disposable', 'dom'], types: [] },
  ])(
    'compiles with $moduleResolution, lib $lib and types $types, all declarations checked',
    async (compilerOptions) => {
      const imports = publicPackages.map(({ manifest }, at) => `import * as p${at} from '${manifest.name}';`);
      const uses = publicPackages.map((_, at) => `console.log(p${at});`);
      // Without types for Node there is no console; the declarations have to do without as well.
      const source = [
        ...imports,
        'declare const console: { log(value: unknown): void };',
        ...uses,
        'export {};',
      ];
      writeFileSync(join(project.path, 'consumer.ts'), source.join('\n'));
      const tsconfig = {
        compilerOptions: {
          ...compilerOptions,
          target: 'es2022',
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          noEmit: true,
        },
        files: ['consumer.ts'],
      };
      writeFileSync(join(project.path, 'tsconfig.json'), JSON.stringify(tsconfig));
      expect(await tool('typescript/bin/tsc', '--project', 'tsconfig.json')).toEqual({ code: 0, output: '' });
    },
    TOOL_TIMEOUT_MS,
  );

  it('does not load inversify or reflect-metadata with the main entry of core', async () => {
    const loaded = await modulesLoadedBy('@oneiric/core');
    expect(loaded).toEqual(expect.arrayContaining([expect.stringContaining('@oneiric/core/dist/index.js')]));
    expect(loaded.filter((url) => /inversify|reflect-metadata/.test(url))).toEqual([]);
  });
});

/** The URL of every ES module and the path of every CommonJS module that an import brings in. */
async function modulesLoadedBy(specifier: string): Promise<string[]> {
  const hook = `export async function load(url, context, next) { console.log(url); return next(url, context); }`;
  const hookUrl = `data:text/javascript,${encodeURIComponent(hook)}`;
  const script = `
    import { createRequire, register } from 'node:module';
    register(${JSON.stringify(hookUrl)});
    await import(${JSON.stringify(specifier)});
    console.log(Object.keys(createRequire(import.meta.url).cache).join('\\n'));
  `;
  const { code, output } = await node('--input-type=module', '--eval', script);
  expect({ code, output }).toMatchObject({ code: 0 });
  return output.split('\n');
}
