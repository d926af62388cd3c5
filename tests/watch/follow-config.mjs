// Follows a configuration as a program does, outside of the test runner: one JSON line out for everything that is told.
import { writeSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { OneiricError, watchConfig } from '@oneiric/core';

const [cwd = '.'] = process.argv.slice(2);

// A module of the program's own, as a loader of TypeScript leaves it behind.
const { cache } = createRequire(import.meta.url);
const own = join(cwd, 'own.ts');
cache[own] = new Module(own);

/** @param {object} event */
const tell = (event) => writeSync(1, `${JSON.stringify(event)}\n`);

const watch = await watchConfig({
  cwd,
  env: {},
  debounceMs: 20,
  onApplied: () => {
    tellWinner('applied');
  },
  onProblem: (error) => {
    tell({ kind: 'problem', what: OneiricError.is(error) ? error.code : String(error) });
  },
});
tellWinner('started');
process.stdin.resume();

/** @param {string} kind */
function tellWinner(kind) {
  const winner = watch.registry.resolve('adapter', 'cache');
  tell({ kind, winner: winner?.provider, priority: winner?.priority, keepsOwn: own in cache });
}
