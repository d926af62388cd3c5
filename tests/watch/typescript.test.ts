import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from '@jest/globals';

import { cleanEnvironment } from '../support/run.js';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';

const TIMEOUT_MS = 120_000;
const folders: TemporaryFolder[] = [];
const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill();
  for (const folder of folders.splice(0)) folder[Symbol.dispose]();
});

interface Told {
  readonly kind: 'started' | 'applied' | 'problem';
  readonly winner?: string;
  readonly priority?: number;
  readonly what?: string;
  /** Whether a TypeScript module that only the program has loaded is still the same. */
  readonly keepsOwn?: boolean;
}

type Files = Readonly<Record<string, string>>;

/** A project whose configuration another process follows. */
async function aFollowedProject(files: Files) {
  const folder = createTemporaryFolder('watch');
  folders.push(folder);
  const write = (written: Files): void => {
    for (const [name, text] of Object.entries(written)) {
      mkdirSync(dirname(join(folder.path, name)), { recursive: true });
      writeFileSync(join(folder.path, name), text);
    }
  };
  const remove = (name: string): void => {
    rmSync(join(folder.path, name), { recursive: true });
  };
  write(files);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'follow-config.mjs'), folder.path], {
    env: cleanEnvironment(),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async (): Promise<Told> => {
    const line = await lines.next();
    if (line.done === true) throw new Error('the process ended');
    return JSON.parse(line.value) as Told;
  };
  /** The next thing that is told and is not a problem, of which a change in several steps may have several. */
  const applied = async (): Promise<Told> => {
    for (;;) {
      const told = await next();
      if (told.kind !== 'problem') return told;
    }
  };
  expect(await next()).toMatchObject({ kind: 'started' });
  return { write, remove, next, applied };
}

const ONE = (provider: string, priority = '1'): string =>
  `{ domain: 'adapter', key: 'cache', provider: '${provider}', priority: ${priority}, factory: () => 1 }`;
const CONFIG = (imports: string, ...candidates: readonly string[]): Files => ({
  'oneiric.config.ts': `${imports}\nexport default { candidates: [${candidates.join(', ')}] };\n`,
});

describe('a watched configuration in TypeScript', () => {
  it(
    'comes into force when it is changed, and leaves alone what only the program has loaded',
    async () => {
      const { write, next } = await aFollowedProject(CONFIG('', ONE('redis')));
      for (const provider of ['memory', 'disk', 'redis']) {
        write(CONFIG('', ONE(provider)));
        expect(await next()).toEqual({ kind: 'applied', winner: provider, priority: 1, keepsOwn: true });
      }
    },
    TIMEOUT_MS,
  );

  it.each([
    ['TypeScript', './parts/cache.ts', 'parts/cache.ts', (n: number) => `export const value: number = ${n};`],
    [
      'TypeScript under a name in JavaScript',
      './parts/cache.js',
      'parts/cache.ts',
      (n: number) => `export const value: number = ${n};`,
    ],
    ['JavaScript', './parts/cache.js', 'parts/cache.js', (n: number) => `export const value = ${n};`],
    ['a folder', './parts', 'parts/index.ts', (n: number) => `export const value: number = ${n};`],
    ['JSON', './parts/cache.json', 'parts/cache.json', (n: number) => `{ "value": ${n} }`],
  ] as const)(
    'follows what it imports: %s',
    async (_, specifier, file, text) => {
      const imports = specifier.endsWith('.json')
        ? `import data from '${specifier}';\nconst { value } = data;`
        : `import { value } from '${specifier}';`;
      const { write, next } = await aFollowedProject({
        ...CONFIG(imports, ONE('redis', 'value')),
        [file]: text(1),
      });
      for (const priority of [5, 9]) {
        write({ [file]: text(priority) });
        expect(await next()).toMatchObject({ kind: 'applied', priority });
      }
    },
    TIMEOUT_MS,
  );

  it(
    'follows what its imports import, however many there are',
    async () => {
      const numbers = Array.from({ length: 60 }, (_, index) => index);
      const part = (index: number, value: string): Files => ({
        [`parts/part-${String(index)}.ts`]: `import { last } from './last.ts';\nexport const p${String(index)} = ${value} + last;\n`,
      });
      const imports = numbers.map(
        (index) => `import { p${String(index)} } from './parts/part-${String(index)}.ts';`,
      );
      const sum = numbers.map((index) => `p${String(index)}`).join(' + ');
      const { write, next } = await aFollowedProject({
        ...Object.assign({}, ...numbers.map((index) => part(index, '0'))),
        'parts/last.ts': 'export const last = 0;\n',
        ...CONFIG(imports.join('\n'), ONE('redis', sum)),
      });
      write(part(59, '7'));
      expect(await next()).toMatchObject({ kind: 'applied', priority: 7 });
      write({ 'parts/last.ts': 'export const last = 2;\n' });
      expect(await next()).toMatchObject({ kind: 'applied', priority: 127 });
    },
    TIMEOUT_MS,
  );

  it(
    'waits for what it imports and is not there yet, with its folder, and for what is gone to come back',
    async () => {
      const { write, remove, next, applied } = await aFollowedProject(CONFIG('', ONE('redis')));
      write(CONFIG("import { value } from './new/parts/cache.ts';", ONE('redis', 'value')));
      expect(await next()).toEqual({ kind: 'problem', what: 'ONEIRIC_CONFIG_IMPORT' });
      write({ 'new/parts/cache.ts': 'export const value = 3;\n' });
      expect(await applied()).toMatchObject({ priority: 3 });
      for (const gone of ['new/parts/cache.ts', 'new']) {
        remove(gone);
        expect(await next()).toEqual({ kind: 'problem', what: 'ONEIRIC_CONFIG_IMPORT' });
        write({ 'new/parts/cache.ts': `export const value = ${gone === 'new' ? '5' : '4'};\n` });
        expect(await applied()).toMatchObject({ priority: gone === 'new' ? 5 : 4 });
      }
    },
    TIMEOUT_MS,
  );

  it(
    'keeps the last good one while what it imports is no TypeScript or throws',
    async () => {
      const { write, next } = await aFollowedProject({
        ...CONFIG("import { value } from './cache.ts';", ONE('redis', 'value')),
        'cache.ts': 'export const value = 1;\n',
      });
      write({ 'cache.ts': 'export const value = ;\n' });
      expect(await next()).toEqual({ kind: 'problem', what: 'ONEIRIC_CONFIG_INVALID' });
      write({ 'cache.ts': "throw new Error('no');\n" });
      expect(await next()).toEqual({ kind: 'problem', what: 'ONEIRIC_CONFIG_THREW' });
      write({ 'cache.ts': 'export const value = 6;\n' });
      expect(await next()).toMatchObject({ kind: 'applied', priority: 6 });
    },
    TIMEOUT_MS,
  );
});
