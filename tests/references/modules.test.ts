import { createHash } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';

import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { type Step, takeSteps, writeFiles } from './reference-project.js';

const folders: TemporaryFolder[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) folder[Symbol.dispose]();
});

const load = (reference: string, more: object = {}): Step => ({ do: 'load', reference, ...more });
const digestOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64url')}`;

function aProject(files: Readonly<Record<string, string>>): string {
  const folder = createTemporaryFolder('references');
  folders.push(folder);
  const project = join(folder.path, 'project');
  writeFiles(project, { 'package.json': '{ "name": "shop", "type": "module" }', ...files });
  return project;
}

describe('a module that a reference leads to', () => {
  it('is the one that the application imports itself, before and after', async () => {
    const project = aProject({
      'first.js': 'export class Cache {}',
      'second.js': 'export class Cache {}',
    });
    const [imported, loaded, again, loadedFirst, importedLater] = await takeSteps(project, [
      { do: 'import', file: 'first.js', name: 'Cache' },
      load('./first.js#Cache'),
      load('./first.js#Cache'),
      load('./second.js#Cache'),
      { do: 'import', file: 'second.js', name: 'Cache' },
    ]);
    expect([imported, loaded, again].map((each) => each?.same)).toEqual([0, 0, 0]);
    expect([loadedFirst, importedLater].map((each) => each?.same)).toEqual([1, 1]);
    expect(loaded?.digest).toBe(digestOf('export class Cache {}'));
  });

  it('can be CommonJS, and is then the one that the application requires', async () => {
    const project = aProject({
      'first.cjs': 'exports.create = () => require("./part.cjs").name; exports.file = __filename;',
      'part.cjs': 'exports.name = "part"',
      'second.cjs': 'module.exports = function create() {}; module.exports.other = 1',
      'old/package.json': '{}',
      'old/unsaid.js':
        '#!/usr/bin/env node\nexports.cached = require.cache[__filename] === module; exports.lazy = () => import("./esm.js").then((m) => m.x)',
      'old/esm.js': 'export const x = await 5;',
      'old/transpiled.js': 'exports.__esModule = true; exports.default = "the default"; exports.named = 2',
    });
    const outcomes = await takeSteps(project, [
      load('./first.cjs#create'),
      { do: 'require', file: 'first.cjs', name: 'create' },
      { do: 'import', file: 'first.cjs', name: 'create' },
      { do: 'call', reference: './first.cjs#create' },
      load('./first.cjs#file'),
      load('./second.cjs#default'),
      { do: 'import', file: 'second.cjs', name: 'default' },
      load('./second.cjs#other'),
      load('./old/unsaid.js#cached'),
      { do: 'call', reference: './old/unsaid.js#lazy' },
      load('./old/esm.js#x'),
      load('./old/transpiled.js#default'),
      load('./old/transpiled.js#naned'),
    ]);
    expect(outcomes.slice(0, 3).map(({ same }) => same)).toEqual([0, 0, 0]);
    expect(outcomes[3]).toMatchObject({ returned: 'part' });
    expect(outcomes[4]).toMatchObject({ value: join(project, 'first.cjs') });
    expect(outcomes[5]).toMatchObject({ type: 'function', same: outcomes[6]?.same });
    expect(outcomes.slice(7, 12).map(({ value, returned }) => value ?? returned)).toEqual([
      1,
      true,
      5,
      5,
      'the default',
    ]);
    expect(outcomes[12]).toMatchObject({ code: 'ONEIRIC_REFERENCE_EXPORT', nearest: 'named' });
  });

  it('can be TypeScript, also where Node itself cannot run that', async () => {
    const text =
      'enum Size { Small = 3 }\nexport const size: number = Size.Small;\nexport default function create(): string { return part; }\nimport { part } from "./part.ts";';
    const project = aProject({ 'src/cache.ts': text, 'src/part.ts': 'export const part: string = "part";' });
    const [size, create, again] = await takeSteps(project, [
      load('./src/cache.ts#size', { digest: digestOf(text) }),
      { do: 'call', reference: './src/cache.ts#default' },
      load('./src/cache.ts#size'),
    ]);
    expect(size).toMatchObject({ value: 3, digest: digestOf(text) });
    expect(create).toMatchObject({ returned: 'part' });
    expect(again).toMatchObject({ value: 3 });
  });

  it('runs anew in another generation, with what it imports from its own package', async () => {
    const project = aProject({
      'entry.js':
        'export { state } from "./lib/state.js"; export { old } from "./old.cjs"; export * from "shared";',
      'lib/state.js': 'export const state = { made: "first" };',
      'old.cjs': 'exports.old = { made: "first" };',
      'only.cjs': 'exports.old = require("./old.cjs").old;',
      'node_modules/shared/package.json': '{ "name": "shared", "type": "module", "exports": "./index.js" }',
      'node_modules/shared/index.js': 'export const shared = { made: "once" };',
    });
    const second = (reference: string) => load(reference, { generation: 2 });
    const outcomes = await takeSteps(project, [
      load('./entry.js#state'),
      load('./entry.js#old'),
      load('./entry.js#shared'),
      { do: 'write', file: 'lib/state.js', text: 'export const state = { made: "second" };' },
      { do: 'write', file: 'old.cjs', text: 'exports.old = { made: "second" };' },
      second('./entry.js#state'),
      second('./entry.js#old'),
      second('./entry.js#shared'),
      second('./only.cjs#old'),
      second('./entry.js#state'),
      load('./entry.js#state'),
    ]);
    expect(outcomes.map(({ value }) => (value as { made: string } | undefined)?.made)).toEqual([
      'first',
      'first',
      'once',
      undefined,
      undefined,
      'second',
      'second',
      'once',
      'second',
      'second',
      'first',
    ]);
    expect(outcomes[7]?.same).toBe(outcomes[2]?.same);
    expect(outcomes[8]?.same).toBe(outcomes[6]?.same);
    expect(outcomes[9]?.same).toBe(outcomes[5]?.same);
  });

  it('can be loaded in two threads, each with its own', async () => {
    const project = aProject({
      'cache.js': 'export const create = () => 7;',
      'cache.cjs': 'exports.create = () => 8',
    });
    const steps = [
      { do: 'call', reference: './cache.js#create' },
      { do: 'call', reference: './cache.cjs#create' },
      load('./cache.js#create', { digest: digestOf('export const create = () => 7;') }),
    ];
    const [mine, , , theirs] = await takeSteps(project, [...(steps as Step[]), { do: 'worker', steps }]);
    expect(mine).toMatchObject({ returned: 7 });
    expect(theirs?.lines?.map(({ returned }) => returned)).toEqual([7, 8, undefined]);
    expect(theirs?.lines?.[2]).toMatchObject({ type: 'function' });
  });
});

describe('a module that is not well', () => {
  it('is told with a code, and neither stops nor confuses what loads it', async () => {
    const project = aProject({
      'throws.js': 'throw new TypeError("no cache for you")',
      'rejects.js': 'await Promise.reject(new Error("late"))',
      'odd.js': 'throw null',
      'syntax.js': 'export const a = ;',
      'syntax.cjs': 'const a = ;',
      'typed.ts': 'const a: = 1;',
      'thrown.ts': 'throw new Error("typed")',
      'missing.js': 'import "./not-there.js"',
      'hangs.js': 'await new Promise(() => {}); export const create = 1;',
      'hangs.ts': 'await new Promise(() => {}); export const create = 1;',
      'thenable.js': 'export function then(resolve) { resolve("a lie") }; export const create = "the truth"',
      'never.js': 'export function then() {}; export const create = "the truth"',
      'thenable.ts': 'export function then(): void {}\nexport const create = 1;',
      'thenable.cjs': 'exports.then = () => {}; exports.create = "the truth"',
      'getter.cjs':
        'Object.defineProperty(exports, "create", { enumerable: true, get() { throw new Error("gotten") } })',
      'nothing.cjs': 'module.exports = null',
      'good.js': 'export const create = 1;',
    });
    const outcomes = await takeSteps(project, [
      load('./throws.js#create'),
      load('./throws.js#create'),
      load('./rejects.js#create'),
      load('./odd.js#create'),
      load('./syntax.js#create'),
      load('./syntax.cjs#create'),
      load('./typed.ts#create'),
      load('./thrown.ts#create'),
      load('./missing.js#create'),
      load('./hangs.js#create', { timeoutMs: 50 }),
      load('./hangs.js#create', { timeoutMs: 50 }),
      load('./hangs.ts#create', { timeoutMs: 50 }),
      load('./thenable.js#create'),
      load('./never.js#create'),
      load('./thenable.ts#create'),
      load('./thenable.cjs#create'),
      load('./getter.cjs#create'),
      load('./nothing.cjs#create'),
      load('./nothing.cjs#default'),
      load('./good.js#crate'),
      load('./good.js#create'),
    ]);
    const FAILED = 'ONEIRIC_REFERENCE_FAILED';
    const EXPORT = 'ONEIRIC_REFERENCE_EXPORT';
    expect(outcomes.map(({ code, value }) => code ?? value)).toEqual([
      FAILED,
      FAILED,
      FAILED,
      FAILED,
      FAILED,
      FAILED,
      FAILED,
      FAILED,
      FAILED,
      23,
      23,
      23,
      'the truth',
      'the truth',
      FAILED,
      'the truth',
      FAILED,
      EXPORT,
      null,
      EXPORT,
      1,
    ]);
    expect(outcomes[0]?.message).toContain('./throws.js#create');
    expect(outcomes[0]?.message).toContain('TypeError: no cache for you');
    for (const { message = '' } of outcomes) expect(message).not.toContain(project);
  });
});

describe('a package that a reference names', () => {
  it('is resolved as Node resolves it', async () => {
    const project = aProject({
      'package.json': JSON.stringify({
        name: 'shop',
        type: 'module',
        exports: { './own': './own.js' },
        dependencies: { conditions: '1', '@acme/old': '1' },
        devDependencies: { patterns: '1' },
        peerDependencies: { linked: '1' },
        optionalDependencies: { stored: '1' },
      }),
      'own.js': 'export const name = "own";',
      'node_modules/conditions/package.json':
        '{ "exports": { "require": "./no.cjs", "module-sync": "./sync.mjs", "import": "./no.mjs", "default": "./no.js" } }',
      'node_modules/conditions/sync.mjs': 'export const name = "sync";',
      'node_modules/@acme/old/package.json': '{ "main": "lib/main" }',
      'node_modules/@acme/old/lib/main.js': 'exports.name = "main";',
      'node_modules/@acme/old/deep/part.js': 'exports.name = "part";',
      'node_modules/patterns/package.json': '{ "exports": { "./*": "./src/*.mjs", "./secret/*": null } }',
      'node_modules/patterns/src/a/b.mjs': 'export const name = "pattern";',
      'node_modules/patterns/src/secret/c.mjs': 'export const name = "secret";',
      'node_modules/.store/stored@1/node_modules/stored/package.json':
        '{ "exports": { ".": ["./index.mjs"] } }',
      'node_modules/.store/stored@1/node_modules/stored/index.mjs':
        'import { name as hidden } from "hidden"; export const name = `stored with ${hidden}`;',
      'node_modules/.store/stored@1/node_modules/hidden/package.json': '{ "exports": "./index.mjs" }',
      'node_modules/.store/stored@1/node_modules/hidden/index.mjs': 'export const name = "hidden";',
      '../workspace/linked/package.json': '{ "exports": "./index.mjs" }',
      '../workspace/linked/index.mjs': 'export const name = "linked";',
    });
    symlinkSync('.store/stored@1/node_modules/stored', join(project, 'node_modules/stored'));
    symlinkSync('../../workspace/linked', join(project, 'node_modules/linked'));
    const outcomes = await takeSteps(project, [
      load('shop/own#name'),
      load('conditions#name'),
      load('@acme/old#name'),
      load('@acme/old/deep/part.js#name'),
      load('patterns/a/b#name'),
      load('patterns/secret/c#name'),
      load('stored#name'),
      load('linked#name'),
      load('hidden#name'),
      load('shop/other#name'),
    ]);
    expect(outcomes.map(({ code, value }) => code ?? value)).toEqual([
      'own',
      'sync',
      'main',
      'part',
      'pattern',
      'ONEIRIC_REFERENCE_NOT_FOUND',
      'stored with hidden',
      'linked',
      'ONEIRIC_REFERENCE_NOT_ALLOWED',
      'ONEIRIC_REFERENCE_NOT_FOUND',
    ]);
    expect(outcomes[6]?.file).toBe(
      join(project, 'node_modules/.store/stored@1/node_modules/stored/index.mjs'),
    );
  });

  it('is allowed where the package.json of the project lies above the folder of its configuration', async () => {
    const project = aProject({
      'package.json': '{ "dependencies": { "lib": "1", "marked": "1" } }',
      'node_modules/marked/package.json': '\uFEFF{ "exports": "./part.mjs" }',
      'node_modules/lib/package.json': '{ "exports": { "./part": "./part.mjs" } }',
      'node_modules/lib/part.mjs': 'export const name = "part";',
      'conf/here.txt': '',
    });
    const [part, marked] = await takeSteps(join(project, 'conf'), [
      load('lib/part#name'),
      load('marked#name'),
    ]);
    expect(part).toMatchObject({ value: 'part' });
    expect(marked?.message).toContain(
      'the package.json of the package marked, or of where it is named, is no',
    );
  });

  it('has its own files and itself where the reference is written in it', async () => {
    const project = aProject({
      'plugin.js': 'export const name = "of the project";',
      'node_modules/plug/package.json': '{ "name": "plug", "type": "module", "exports": "./plugin.js" }',
      'node_modules/plug/plugin.js': 'export const name = "of the plugin";',
    });
    const within = { package: 'plug', folder: join(project, 'node_modules/plug') };
    const outcomes = await takeSteps(project, [
      load('./plugin.js#name'),
      load('./plugin.js#name', { within }),
      load('plug#name', { within }),
      load('plug#name'),
      load('plug#name', { within: { ...within, folder: 'relative' } }),
    ]);
    expect(outcomes.map(({ code, value }) => code ?? value)).toEqual([
      'of the project',
      'of the plugin',
      'of the plugin',
      'ONEIRIC_REFERENCE_NOT_ALLOWED',
      'ONEIRIC_REFERENCE_OPTION_INVALID',
    ]);
  });
});

describe('a digest that is asked for', () => {
  it('is that of the bytes which run, or nothing runs', async () => {
    const good = 'globalThis.ran = "good"; export const create = 1;';
    const project = aProject({
      'good.js': good,
      'good.cjs': 'exports.create = 1',
      'bad.js': 'globalThis.ran = "bad"; export const create = 1;',
      'before.js': 'export const create = 1;',
      'before.cjs': 'exports.create = 1',
      'later.js': 'export const create = 1;',
      'ran.js': 'export const ran = () => globalThis.ran;',
    });
    const outcomes = await takeSteps(project, [
      load('./bad.js#create', { digest: digestOf(good) }),
      load('./good.js#create', { digest: digestOf(good) }),
      load('./good.cjs#create', { digest: digestOf('exports.create = 1') }),
      { do: 'import', file: 'before.js', name: 'create' },
      load('./before.js#create', { digest: digestOf('export const create = 1;') }),
      { do: 'require', file: 'before.cjs', name: 'create' },
      load('./before.cjs#create', { digest: digestOf('exports.create = 1') }),
      load('./later.js#create'),
      { do: 'write', file: 'later.js', text: good },
      load('./later.js#create', { digest: digestOf(good) }),
      load('./later.js#create', { digest: digestOf('export const create = 1;') }),
      { do: 'call', reference: './ran.js#ran' },
      load('./good.js#create', { digest: 'sha256-short' }),
    ]);
    const DIGEST = 'ONEIRIC_REFERENCE_DIGEST';
    expect(outcomes.filter(({ step }) => step === 'load').map(({ code, value }) => code ?? value)).toEqual([
      DIGEST,
      1,
      1,
      DIGEST,
      DIGEST,
      1,
      DIGEST,
      1,
      'ONEIRIC_REFERENCE_OPTION_INVALID',
    ]);
    expect(outcomes[11]).toMatchObject({ returned: 'good' });
  });
});
