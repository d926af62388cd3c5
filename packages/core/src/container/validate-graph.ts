import type { Key } from '../foundation/key.js';
import type { RegistryReads } from '../registry/registry-reads.js';
import { defineKey } from '../registry/define-key.js';
import { unknownNameMessage } from './container-errors.js';
import type { GraphProblem } from './graph-problem.js';
import { inspectGraph } from './inspect-graph.js';

/** Everything that is wrong with what is registered, at once; nothing is built, and nothing that runs is taken for granted. */
export function graphProblems(reads: RegistryReads): readonly GraphProblem[] {
  const keys = reads.keys().map(({ domain, key }) => defineKey(domain, key));
  const needed = keys.filter((key) => reads.resolve(key) !== undefined);
  return Object.freeze([
    ...inspectGraph(needed, { reads, isRunning: () => false }),
    ...keys.flatMap((key) => unknownNames(reads, key)),
  ]);
}

/** Selections that name a provider which nobody offers. */
function unknownNames(reads: RegistryReads, key: Key): readonly GraphProblem[] {
  const { unknown, winner } = reads.explain(key);
  const path = [{ domain: key.domain, key: key.key, provider: winner?.provider ?? null, parameter: null }];
  return unknown
    .filter(({ kind }) => kind === 'selection')
    .map(({ name, nearest }) => ({
      kind: 'unknown-name',
      path,
      message: unknownNameMessage(path, name, nearest),
      name,
      nearest,
    }));
}
