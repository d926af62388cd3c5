/** A way that leads back to where it began. */
export interface Cycle {
  /** Numbers of the nodes, the first one again at the end. */
  readonly path: readonly number[];
  /** All nodes that reach each other, of which the path shows one way; in ascending order. */
  readonly members: readonly number[];
}

/**
 * Cycles of a directed graph: one for every group of nodes that all reach each other, the shortest through its lowest
 * number, and one for every node that leads to itself. Ordered by their first node.
 *
 * `next[n]` are the nodes that `n` leads to. Takes time in proportion to nodes and edges, and no stack, however long
 * the paths are. Not promised: every cycle that there is, of which there may be exponentially many.
 */
export function findCycles(next: readonly (readonly number[])[]): readonly Cycle[] {
  const loops = next.flatMap((targets, node): Cycle[] =>
    targets.includes(node) ? [{ path: [node, node], members: [node] }] : [],
  );
  const groupOf = new Int32Array(next.length).fill(-1);
  const rings = groupsOf(next)
    .filter((members) => members.length > 1)
    .map((members, group): Cycle => {
      const sorted = members.toSorted((a, b) => a - b);
      for (const member of sorted) groupOf[member] = group;
      return { path: shortestRing(sorted[0] ?? 0, next, (node) => groupOf[node] === group), members: sorted };
    });
  return [...loops, ...rings].sort((a, b) => (a.path[0] ?? 0) - (b.path[0] ?? 0));
}

/** The strongly connected components, by Tarjan's algorithm with a stack of its own. */
function groupsOf(next: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  const order = new Int32Array(next.length).fill(-1);
  const lowest = new Int32Array(next.length);
  const isOpen = new Uint8Array(next.length);
  const open: number[] = [];
  const visits: { readonly node: number; at: number }[] = [];
  let visited = 0;
  const enter = (node: number): void => {
    order[node] = lowest[node] = visited++;
    isOpen[node] = 1;
    open.push(node);
    visits.push({ node, at: 0 });
  };
  const lower = (node: number, to: number): void => {
    lowest[node] = Math.min(lowest[node] ?? 0, to);
  };
  for (const start of next.keys()) {
    if (order[start] !== -1) continue;
    enter(start);
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const { node } = visit;
      const target = next[node]?.[visit.at++];
      if (target === undefined) {
        visits.pop();
        const parent = visits.at(-1);
        if (parent !== undefined) lower(parent.node, lowest[node] ?? 0);
        if (lowest[node] === order[node]) groups.push(close(node));
      } else if (order[target] === -1) enter(target);
      else if (isOpen[target] === 1) lower(node, order[target] ?? 0);
    }
  }
  return groups;

  function close(root: number): number[] {
    const members = open.splice(open.lastIndexOf(root));
    for (const member of members) isOpen[member] = 0;
    return members;
  }
}

/** The shortest way from a node of a group back to it, inside the group. */
function shortestRing(
  start: number,
  next: readonly (readonly number[])[],
  isInside: (node: number) => boolean,
): readonly number[] {
  const cameFrom = new Map<number, number>();
  const reached = [start];
  for (const node of reached) {
    for (const target of next[node] ?? []) {
      if (target === start && node !== start) return [...wayTo(node, cameFrom), start];
      if (target === start || cameFrom.has(target) || !isInside(target)) continue;
      cameFrom.set(target, node);
      reached.push(target);
    }
  }
  return [start];
}

function wayTo(end: number, cameFrom: ReadonlyMap<number, number>): readonly number[] {
  const way = [end];
  for (let node = cameFrom.get(end); node !== undefined; node = cameFrom.get(node)) way.push(node);
  return way.reverse();
}
