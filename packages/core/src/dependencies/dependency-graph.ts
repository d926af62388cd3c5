import type { Explanation } from '../decision/explanation.js';
import {
  type Dependency,
  type DependencyKind,
  type DependencyState,
  type Need,
  needsOf,
} from './dependency.js';
import { findCycles } from './find-cycles.js';

/** What a graph is read from: a registry, a transaction or a snapshot; the last does not change while it is read. */
export interface DependencyReads {
  explain(domain: string, key: string): Explanation;
  keys(domain?: string): readonly { readonly domain: string; readonly key: string }[];
}

/** Needs that lead back to where they began. */
export interface DependencyCycle {
  /** Keys in full; the first one again at the end. */
  readonly path: readonly string[];
  /** How each leads to the next; `inject` where both do. */
  readonly kinds: readonly DependencyKind[];
  /** All keys that reach each other; the path is the shortest way through the first of them. */
  readonly keys: readonly string[];
}

/** A need that is not met. */
export interface MissingLink extends Dependency {
  /** The shortest way there from a key that was asked for, the missing one at the end. Computed when first read. */
  readonly path: readonly string[];
}

/** Keys, what each needs, and what is wrong with that. */
export interface DependencyGraph {
  /** The keys that were asked for, in full. */
  readonly roots: readonly string[];
  /** Each key once, those asked for first, then in the order in which they are reached. */
  readonly explanations: ReadonlyMap<string, Explanation>;
  /** By key, in the order of `explanations`; those of one candidate in the order in which it writes them. */
  readonly edges: readonly Dependency[];
  readonly cycles: readonly DependencyCycle[];
  /** In the order of `edges`. */
  readonly missing: readonly MissingLink[];
}

/**
 * What a decision's winner needs (`inject` and `requires`), and what the winners of that need, to the end. Where
 * nothing won, the requirements for which candidates were filtered are followed.
 *
 * Other keys are asked without a request, and as they are: changes that an explanation supposes hold for its own key.
 * Takes time and memory in proportion to keys and needs, and no stack, whatever the depth.
 */
export function dependenciesOf(reads: Pick<DependencyReads, 'explain'>, root: Explanation): DependencyGraph {
  return grow([root], reads);
}

/** The same for every key of a domain, or of all domains, together with the keys of other domains that they need. */
export function dependencyGraph(reads: DependencyReads, domain?: string): DependencyGraph {
  return grow(
    reads.keys(domain).map((name) => reads.explain(name.domain, name.key)),
    reads,
  );
}

function grow(roots: readonly Explanation[], reads: Pick<DependencyReads, 'explain'>): DependencyGraph {
  const explanations = new Map(roots.map((root) => [nameOf(root.request), root]));
  const cameFrom = new Map<string, string>();
  const edges: Dependency[] = [];
  for (const [from, explanation] of explanations) {
    for (const need of needsOf(explanation)) {
      const to = nameOf(need);
      let target = explanations.get(to);
      if (target === undefined) {
        target = reads.explain(need.domain, need.key);
        explanations.set(to, target);
        cameFrom.set(to, from);
      }
      edges.push(edgeOf(from, to, need, target));
    }
  }
  return Object.freeze({
    roots: roots.map(({ request }) => nameOf(request)),
    explanations,
    edges,
    cycles: cyclesOf([...explanations.keys()], edges),
    missing: edges.filter(({ state }) => state !== 'met').map((edge) => missingLink(edge, cameFrom)),
  });
}

function edgeOf(
  from: string,
  to: string,
  { domain: _domain, key: _key, state, ...need }: Need,
  target: Explanation,
): Dependency {
  return Object.freeze({ from, to, ...need, state: state ?? stateOf(target) });
}

function stateOf({ winner, question }: Explanation): DependencyState {
  if (winner !== null) return 'met';
  return question.facts.candidates.length === 0 ? 'unregistered' : 'unresolved';
}

function missingLink(edge: Dependency, cameFrom: ReadonlyMap<string, string>): MissingLink {
  let path: readonly string[] | undefined;
  return Object.freeze({
    ...edge,
    get path() {
      return (path ??= wayThrough(edge, cameFrom));
    },
  });
}

function wayThrough({ from, to }: Dependency, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const way = [to, from];
  for (let name = cameFrom.get(from); name !== undefined; name = cameFrom.get(name)) way.push(name);
  return Object.freeze(way.reverse());
}

function cyclesOf(names: readonly string[], edges: readonly Dependency[]): readonly DependencyCycle[] {
  const numbers = new Map(names.map((name, number) => [name, number]));
  const next = names.map((): number[] => []);
  const injected = new Set<string>();
  for (const { from, to, kind } of edges) {
    next[numbers.get(from) ?? -1]?.push(numbers.get(to) ?? -1);
    if (kind === 'inject') injected.add(`${from} ${to}`);
  }
  return findCycles(next).map(({ path, members }): DependencyCycle => {
    const steps = path.map((number) => names[number] ?? '');
    return Object.freeze({
      path: steps,
      kinds: steps
        .slice(1)
        .map((to, index) => (injected.has(`${steps[index] ?? ''} ${to}`) ? 'inject' : 'requires')),
      keys: members.map((number) => names[number] ?? ''),
    });
  });
}

function nameOf({ domain, key }: { readonly domain: string; readonly key: string }): string {
  return `${domain}/${key}`;
}
