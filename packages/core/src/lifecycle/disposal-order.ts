import { findCycles } from '../dependencies/find-cycles.js';

/** Something that runs, and what it was given, by name. */
export interface RunningNode {
  readonly name: string;
  /** What does not run any more does not count. */
  readonly needs: readonly string[];
}

/** In which order things are closed. */
export interface DisposalOrder {
  /** One after the other; those of one wave side by side, begun in this order: the latest started first. */
  readonly waves: readonly (readonly string[])[];
  /**
   * Things that need each other: one way round for each group of them, its first name again at the end. Of such a
   * group somebody has to lose what it needs before it is closed itself: those that need the one that was started last.
   */
  readonly cycles: readonly (readonly string[])[];
}

/**
 * Puts everything that runs into the order in which it is closed: whoever needs something, directly or not, before
 * what it needs, unless that needs it as well; and nobody later than that asks for. Everything is in exactly one wave,
 * and the same input gives the same order.
 *
 * @param running in the order in which it was started; no name twice
 */
export function disposalOrder(running: readonly RunningNode[]): DisposalOrder {
  const numbers = new Map(running.map(({ name }, number) => [name, number]));
  const needs = running.map((node) => new Set(node.needs.flatMap((name) => numbers.get(name) ?? [])));
  const named = (nodes: readonly number[]): readonly string[] =>
    nodes.flatMap((node) => running[node]?.name ?? []);
  const cycles = findCycles(asLists(needs)).map(({ path }) => named(path));
  breakCycles(needs);
  return { waves: wavesOf(needs).map(named), cycles };
}

/**
 * The latest of each group is no longer waited for by the rest of it, until nothing needs itself. To everything else a
 * group is one: it waits for all who need any of it, and what any of it needs waits for all of it.
 */
function breakCycles(needs: readonly Set<number>[]): void {
  for (let found = findCycles(asLists(needs)); found.length > 0; found = findCycles(asLists(needs))) {
    for (const { members } of found) {
      const group = new Set(members);
      const latest = Math.max(...members);
      const outside = members.flatMap((member) =>
        [...(needs[member] ?? [])].filter((node) => !group.has(node)),
      );
      for (const [node, needed] of needs.entries()) {
        if (group.has(node)) {
          needed.delete(latest);
          for (const other of outside) needed.add(other);
        } else if (members.some((member) => needed.has(member))) needed.add(latest);
      }
    }
  }
}

function wavesOf(needs: readonly ReadonlySet<number>[]): readonly (readonly number[])[] {
  /** How many of those that need it are not closed yet. */
  const users = new Uint32Array(needs.length);
  for (const needed of needs) for (const node of needed) users[node] = (users[node] ?? 0) + 1;
  const waves: number[][] = [];
  let wave = [...needs.keys()].filter((node) => users[node] === 0).reverse();
  while (wave.length > 0) {
    waves.push(wave);
    const freed: number[] = [];
    for (const closed of wave) {
      for (const node of needs[closed] ?? []) {
        const left = (users[node] ?? 0) - 1;
        users[node] = left;
        if (left === 0) freed.push(node);
      }
    }
    wave = freed.sort((a, b) => b - a);
  }
  return waves;
}

function asLists(sets: readonly ReadonlySet<number>[]): readonly (readonly number[])[] {
  return sets.map((set) => [...set]);
}
