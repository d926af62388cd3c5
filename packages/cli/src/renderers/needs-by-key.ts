import type { Dependency } from '@oneiric/core';

/** The needs of a graph by the key that has them. */
export function needsByKey(edges: readonly Dependency[]): ReadonlyMap<string, readonly Dependency[]> {
  const needs = new Map<string, Dependency[]>();
  for (const edge of edges) {
    const own = needs.get(edge.from);
    if (own === undefined) needs.set(edge.from, [edge]);
    else own.push(edge);
  }
  return needs;
}
