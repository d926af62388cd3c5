import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from '@jest/globals';
import { cleanEnvironment } from '../support/run.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { root } from '../support/workspace.js';

const TIMEOUT_MS = 240_000;
const KILLS = 50;
const writer = join(import.meta.dirname, 'write-status-for-ever.mjs');
const module = join(root, 'packages/core/dist/lifecycle/status-file.js');

/**
 * Runs the writing process and kills it when it has told of `writes` writes and then changed the folder `changes` times
 * more: the first change is that a file comes to be there, the last of a write that it gets its name.
 */
async function killAfter(writes: number, changes: number, file: string): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, [writer, file, module], {
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  let [told, changed] = [0, 0];
  createInterface({ input: child.stdout }).on('line', () => told++);
  const watcher = watch(dirname(file), () => {
    if (told >= writes && ++changed === changes) child.kill('SIGKILL');
  });
  const [, signal] = await closed;
  watcher.close();
  return signal;
}

/** The rounds that the parts of the file are of: one, where it is whole. */
function roundsOf(file: string): number[] {
  const { components } = JSON.parse(readFileSync(file, 'utf8')) as {
    components: readonly { readonly attempts: number; readonly running: { readonly version: string } }[];
  };
  expect(components).toHaveLength(4000);
  const rounds = components.flatMap(({ attempts, running }) => [
    attempts,
    Number.parseInt(running.version, 10),
  ]);
  return [...new Set(rounds)];
}

describe('a status file whose process is killed while it writes', () => {
  it(
    'is whole every time',
    async () => {
      using folder = createTemporaryFolder('status');
      const file = join(folder.path, 'status.json');
      let interrupted = 0;
      for (let kill = 0; kill < KILLS; kill++) {
        const leftBefore = readdirSync(folder.path).length;
        const writes = 1 + (kill % 3);
        expect(await killAfter(writes, 1 + (kill % 4), file)).toBe('SIGKILL');
        const [round, ...others] = roundsOf(file);
        expect(others).toEqual([]);
        expect(round).toBeGreaterThanOrEqual(writes);
        if (readdirSync(folder.path).length > leftBefore) interrupted++;
      }
      // A kill that hit a write has left the file beside it: without any, nothing was put to the test.
      expect(interrupted).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
