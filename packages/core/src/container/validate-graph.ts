import type { Key } from '../foundation/key.js';
import type { RegistryReads } from '../registry/registry-reads.js';
import { defineKey } from '../registry/define-key.js';
import { unknownNameMessage } from './container-errors.js';
import type { GraphProblem } from './graph-problem.js';
import { injectedKeys } from './injected-keys.js';
import { inspectGraph } from './inspect-graph.js';

/** Everything that is wrong with what is registered, at once; nothing is built, and nothing that runs is taken for granted. */
export function graphProblems(reads: RegistryReads): readonly GraphProblem[] {
  const keys = reads.keys().map(({ domain, key }) => defineKey(domain, key));
  return Object.freeze([
    ...inspectGraph(inOrder(keys, reads), { reads, isRunning: () => false }),
    ...keys.flatMap((key) => unknownNames(reads, key)),
  ]);
}

/** What nobody is given comes first, so that paths begin where an application does. */
function inOrder(keys: readonly Key[], reads: RegistryReads): readonly Key[] {
  const given = new Set<Key>();
  const offered: Key[] = [];
  for (const key of keys) {
    const winner = reads.resolve(key);
    if (winner === undefined) continue;
    offered.push(key);
    for (const injected of injectedKeys(winner)) given.add(injected.key);
  }
  return [...offered.filter((key) => !given.has(key)), ...offered];
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
