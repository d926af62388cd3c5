import { transformFile } from '@swc/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const here = dirname(fileURLToPath(import.meta.url));
const packageFolder = join(here, '../../..');
const sources = join(packageFolder, 'src');

/** Builds the package's sources into `target`: one more copy of the package. */
async function copyPackage(target: string): Promise<void> {
  const files = (await readdir(sources, { recursive: true })).filter((file) => file.endsWith('.ts'));
  await Promise.all(
    files.map(async (file) => {
      const output = join(target, file.replace(/\.ts$/, '.js'));
      const { code } = await transformFile(join(sources, file), {
        configFile: join(packageFolder, '../../.swcrc'),
        sourceMaps: false,
      });
      await mkdir(dirname(output), { recursive: true });
      await writeFile(output, code);
    }),
  );
}

describe('rule 15: boundaries', () => {
  let folder = '';
  const copy = (name: string) => pathToFileURL(join(folder, name, 'index.js')).href;

  beforeAll(async () => {
    await mkdir(join(packageFolder, '.cache'), { recursive: true });
    folder = await mkdtemp(join(packageFolder, '.cache/copies-'));
    await Promise.all([copyPackage(join(folder, 'one')), copyPackage(join(folder, 'other'))]);
  }, 60_000);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function run(script: string, ...args: readonly string[]): Promise<unknown> {
    const { stdout } = await promisify(execFile)(process.execPath, [join(here, 'fixtures', script), ...args]);
    return JSON.parse(stdout);
  }

  it('importing the package starts no AsyncLocalStorage, the first lock starts one, and all locks share it', async () => {
    expect(await run('import-only.mjs', copy('one'))).toEqual({
      afterImport: 0,
      afterFirstLock: 1,
      afterMoreLocks: 1,
    });
  }, 60_000);

  it('two copies of the package in one process share one context: ownership, deadlocks and order are seen across', async () => {
    expect(await run('two-copies.mjs', copy('one'), copy('other'))).toEqual({
      differentClasses: true,
      storages: 1,
      ownership: { inBoth: [true, true], detachedFromA: [false, true], detachedFromB: [true, false] },
      inversionSeen: true,
      outcomes: ['fulfilled', 'ONEIRIC_LOCK_DEADLOCK'],
      recognised: [false, true],
    });
  }, 60_000);

  it('a worker thread shares no lock and no ownership with the thread that started it', async () => {
    expect(await run('worker.mjs', copy('one'))).toEqual({ locked: false, held: false, ran: true });
  }, 60_000);
});
