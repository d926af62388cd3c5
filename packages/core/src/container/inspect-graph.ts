import type { Candidate, Scope } from '../decision/candidate.js';
import type { Explanation } from '../decision/explanation.js';
import type { Key } from '../foundation/key.js';
import type { DependencyStep } from '../lifecycle/lifecycle-errors.js';
import type { RegistryReads } from '../registry/registry-reads.js';
import { cycleError, leakError, missingError } from './container-errors.js';
import type { GraphProblem } from './graph-problem.js';
import { type InjectedKey, injectedKeys } from './injected-keys.js';

/** What a graph is read from, and what of it is there already. */
export interface GraphView {
  readonly reads: Pick<RegistryReads, 'resolve' | 'explain'>;
  /** Runs already: neither it nor what it needs is looked at. */
  readonly isRunning: (key: Key) => boolean;
}

interface Visit {
  readonly key: Key;
  readonly step: DependencyStep;
  readonly winner: Candidate | undefined;
  readonly needs: readonly InjectedKey[];
  at: number;
}

/**
 * Everything because of which one of `roots`, or something that it is given, cannot be built: each missing link and each
 * leak once, and a cycle for every link that leads back. Nothing is built. Depth first, in the order of writing; takes
 * time in proportion to keys and links, and no stack, whatever the depth.
 */
export function* inspectGraph(roots: Iterable<Key>, view: GraphView): Generator<GraphProblem, void> {
  const settled = new Set<Key>();
  for (const root of roots) {
    if (settled.has(root) || view.isRunning(root)) continue;
    const way: Visit[] = [];
    const open = new Set<Key>();
    const enter = (key: Key, name: string | null): Visit => {
      const winner = view.reads.resolve(key);
      const step = { domain: key.domain, key: key.key, provider: winner?.provider ?? null, parameter: name };
      const visit = { key, step, winner, needs: winner === undefined ? [] : injectedKeys(winner), at: 0 };
      way.push(visit);
      open.add(key);
      return visit;
    };
    if (enter(root, null).winner === undefined) yield missing(way, view.reads.explain(root));
    for (let visit = way.at(-1); visit !== undefined; visit = way.at(-1)) {
      const need = visit.needs[visit.at++];
      if (need === undefined) {
        way.pop();
        open.delete(visit.key);
        settled.add(visit.key);
        continue;
      }
      if (open.has(need.key)) {
        yield cycle(way, need);
        continue;
      }
      const isSettled = settled.has(need.key);
      const next = enter(need.key, need.name);
      if (next.winner === undefined && !view.isRunning(need.key)) {
        yield missing(way, view.reads.explain(need.key));
      }
      const held = next.winner?.scope ?? 'singleton';
      if (visit.winner !== undefined && leaks(visit.winner.scope, held))
        yield leak(way, visit.winner.scope, held);
      if (isSettled || view.isRunning(need.key)) {
        way.pop();
        open.delete(need.key);
      }
    }
  }
}

/**
 * Would a holder keep what it is given beyond its time? A singleton would, with anything else: it neither ends with a
 * scope nor follows a swap of what it was once given. What is given to a transient or a scoped component is its own.
 */
function leaks(holder: Scope, held: Scope): boolean {
  return holder === 'singleton' && held !== 'singleton';
}

function stepsOf(way: readonly Visit[]): readonly DependencyStep[] {
  return way.map(({ step }) => step);
}

function missing(way: readonly Visit[], explanation: Explanation): GraphProblem {
  const path = stepsOf(way);
  const { message, details } = missingError(path, explanation);
  return { kind: 'missing', path, message, explanation, nearest: details.nearest };
}

function cycle(way: readonly Visit[], { name, key }: InjectedKey): GraphProblem {
  const steps = stepsOf(way);
  const first = way.findIndex((visit) => visit.key === key);
  const path = [...steps, { ...(steps[first] as DependencyStep), parameter: name }];
  return { kind: 'cycle', path, message: cycleError(path).message };
}

function leak(way: readonly Visit[], holder: Scope, held: Scope): GraphProblem {
  const path = stepsOf(way);
  return { kind: 'scope-leak', path, message: leakError(path, holder, held).message, holder, held };
}
