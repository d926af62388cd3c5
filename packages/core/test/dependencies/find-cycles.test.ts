import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { findCycles } from '../../src/dependencies/find-cycles.js';

type Next = readonly (readonly number[])[];

const anyGraph = fc
  .integer({ min: 1, max: 7 })
  .chain((size) => fc.array(fc.uniqueArray(fc.nat(size - 1)), { minLength: size, maxLength: size }));

/** By trying every way there is. */
function reaches(next: Next, from: number, to: number): boolean {
  const seen = new Set<number>();
  const walk = (node: number): boolean =>
    (next[node] ?? []).some((target) => {
      if (target === to) return true;
      if (seen.has(target)) return false;
      seen.add(target);
      return walk(target);
    });
  return walk(from);
}

describe('the cycles of a graph', () => {
  it.each<[string, Next, readonly (readonly number[])[]]>([
    ['nothing', [], []],
    ['a chain', [[1], [2], []], []],
    ['a diamond', [[1, 2], [3], [3], []], []],
    ['a node that leads to itself', [[0]], [[0, 0]]],
    ['two nodes', [[1], [0]], [[0, 1, 0]]],
    ['the shorter of two ways round', [[1, 2], [2], [0]], [[0, 2, 0]]],
    [
      'two that do not touch',
      [[1], [0], [3], [2]],
      [
        [0, 1, 0],
        [2, 3, 2],
      ],
    ],
    [
      'a loop inside a ring',
      [[1], [1, 0]],
      [
        [0, 1, 0],
        [1, 1],
      ],
    ],
    ['one that is reached from outside', [[1], [2], [1]], [[1, 2, 1]]],
  ])('of %s', (_, next, paths) => {
    expect(findCycles(next).map(({ path }) => path)).toEqual(paths);
  });

  it('are paths that exist, and name every node that leads back to itself', () => {
    fc.assert(
      fc.property(anyGraph, (next) => {
        const cycles = findCycles(next);
        for (const { path, members } of cycles) {
          expect(path.at(-1)).toBe(path[0]);
          for (const [index, node] of path.slice(0, -1).entries()) {
            expect(next[node]).toContain(path[index + 1]);
            expect(members).toContain(node);
          }
          for (const a of members) for (const b of members) expect(a === b || reaches(next, a, b)).toBe(true);
        }
        const named = new Set(cycles.flatMap(({ members }) => members));
        for (const node of next.keys()) expect(named.has(node)).toBe(reaches(next, node, node));
      }),
      { numRuns: 2000 },
    );
  });

  it('are found in a ring of 200,000 nodes, without the stack', () => {
    const size = 200_000;
    const [ring] = findCycles(Array.from({ length: size }, (_, node) => [(node + 1) % size]));
    expect(ring?.path.length).toBe(size + 1);
  });
});
