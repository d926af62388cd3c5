import type { Candidate } from '../decision/candidate.js';
import { ResolutionError } from '../decision/resolution-error.js';
import { type InjectedNeed, injectedNeeds } from '../dependencies/injected-needs.js';
import { createError, OneiricError } from '../errors/oneiric-error.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import type { LifecycleCore } from './lifecycle-core.js';
import { type DependencyStep, LIFECYCLE_ERRORS, reasonOf } from './lifecycle-errors.js';
import type { Slot } from './slot.js';

/**
 * Looks at everything that would have to be started for a candidate, before anything is: what runs already is good.
 * Without recursion, so that no depth of a graph is too deep.
 *
 * @throws `ONEIRIC_LIFECYCLE_SCOPE`; `ONEIRIC_LIFECYCLE_DEPENDENCY`, `ONEIRIC_LIFECYCLE_CYCLE`, each with the whole path
 */
export function assertStartable(core: LifecycleCore, root: Candidate): void {
  assertSingleton(root);
  const { revision } = core.registry;
  if (core.startableAt.get(root) === revision) return;
  const visits: { readonly step: DependencyStep; readonly needs: readonly InjectedNeed[]; at: number }[] = [];
  const entered: Candidate[] = [];
  const open = new Set<string>();
  const done = new Set<string>();
  const enter = (candidate: Candidate, parameter: string | null): void => {
    entered.push(candidate);
    const { domain, key, provider } = candidate;
    open.add(`${domain}/${key}`);
    visits.push({
      step: { domain, key, provider, parameter },
      needs: injectedNeeds(candidate),
      at: 0,
    });
  };
  enter(root, null);
  for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
    const need = visit.needs[visit.at++];
    if (need === undefined) {
      const name = `${visit.step.domain}/${visit.step.key}`;
      open.delete(name);
      done.add(name);
      visits.pop();
      continue;
    }
    const name = `${need.domain}/${need.key}`;
    const path = (): DependencyStep[] => [
      ...visits.map(({ step }) => step),
      { ...need, provider: core.registry.resolve(need.domain, need.key)?.provider ?? null },
    ];
    if (open.has(name)) throw cycleError(path(), name);
    if (done.has(name) || core.slots.get(name)?.present !== undefined) continue;
    const explanation = core.registry.explain(need.domain, need.key);
    if (explanation.winner === null) {
      const cause = new ResolutionError(explanation);
      throw dependencyError(path(), cause);
    }
    enter(explanation.winner, need.parameter);
  }
  for (const candidate of entered) core.startableAt.set(candidate, revision);
}

/**
 * Refuses what would close a circle with what runs already: the decision that each of those was started by may be
 * another one by now, so that no graph of what wins shows it.
 *
 * @throws `ONEIRIC_LIFECYCLE_CYCLE`
 */
export function assertNoCircle(core: LifecycleCore, root: Candidate): void {
  const rootName = `${root.domain}/${root.key}`;
  const seen = new Set<string>();
  const step = ({ domain, key, provider }: Candidate, parameter: string | null): DependencyStep => ({
    domain,
    key,
    provider,
    parameter,
  });
  const visits = [{ candidate: root, path: [step(root, null)] }];
  for (let visit = visits.pop(); visit !== undefined; visit = visits.pop()) {
    for (const { parameter, domain, key } of injectedNeeds(visit.candidate)) {
      const name = `${domain}/${key}`;
      if (name === rootName) throw cycleError([...visit.path, step(root, parameter)], rootName);
      const running = core.slots.get(name)?.current?.candidate;
      if (running === undefined || seen.has(name)) continue;
      seen.add(name);
      visits.push({ candidate: running, path: [...visit.path, step(running, parameter)] });
    }
  }
}

/**
 * Starts what a candidate injects, side by side, and gives the handles to it.
 *
 * @throws `ONEIRIC_LIFECYCLE_DEPENDENCY` with the path to what could not be started, the signal's reason
 */
export async function startNeeds(
  core: LifecycleCore,
  candidate: Candidate,
  signal: AbortSignal,
): Promise<Readonly<Record<string, LiveHandle<unknown>>>> {
  const needs = injectedNeeds(candidate).map((need) => ({ need, slot: core.slotOf(need.domain, need.key) }));
  const results = await Promise.allSettled(needs.map(({ slot }) => startNeed(core, slot, signal)));
  signal.throwIfAborted();
  results.forEach((result, index) => {
    const need = needs[index]?.need;
    if (result.status === 'rejected' && need !== undefined) throw unwound(candidate, need, result.reason);
  });
  return Object.freeze(Object.fromEntries(needs.map(({ need, slot }) => [need.parameter, slot.handle])));
}

async function startNeed(core: LifecycleCore, slot: Slot, signal: AbortSignal): Promise<void> {
  if (slot.present === undefined) await core.start(slot, signal);
}

/** The first of what a candidate injects that does not run; a component is not bound without all of it. */
export function stoppedNeed(core: LifecycleCore, candidate: Candidate): InjectedNeed | undefined {
  return injectedNeeds(candidate).find(
    ({ domain, key }) => core.slots.get(`${domain}/${key}`)?.present === undefined,
  );
}

export function needStopped({ domain, key, provider }: Candidate, need: InjectedNeed): OneiricError {
  const path = [
    { domain, key, provider, parameter: null },
    { ...need, provider: null },
  ];
  const reason = 'it was stopped meanwhile';
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_DEPENDENCY', { path, reason });
}

/** The path grows by one step while the error passes each component on its way out. */
function unwound({ domain, key, provider }: Candidate, need: InjectedNeed, error: unknown): OneiricError {
  const own: DependencyStep = { domain, key, provider, parameter: null };
  if (OneiricError.is(error, 'ONEIRIC_LIFECYCLE_DEPENDENCY')) {
    const [first, ...rest] = error.details.path;
    const via: DependencyStep = { ...need, provider: first?.provider ?? null };
    return createError(
      LIFECYCLE_ERRORS,
      'ONEIRIC_LIFECYCLE_DEPENDENCY',
      { path: [own, via, ...rest], reason: error.details.reason },
      { cause: error.cause },
    );
  }
  const failed = OneiricError.is(error, 'ONEIRIC_LIFECYCLE_FAILED') ? error.details.provider : null;
  return dependencyError([own, { ...need, provider: failed }], error);
}

function dependencyError(path: readonly DependencyStep[], cause: unknown): OneiricError {
  const told = reasonOf(cause);
  const reason = /[.?!]$/.test(told) ? told : `${told}.`;
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_DEPENDENCY', { path, reason }, { cause });
}

/** Only the circle itself, beginning and ending with the same key. */
function cycleError(path: readonly DependencyStep[], name: string): OneiricError {
  const from = path.findIndex(({ domain, key }) => `${domain}/${key}` === name);
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_CYCLE', { path: path.slice(from) });
}

function assertSingleton({ domain, key, provider, scope }: Candidate): void {
  if (scope === 'singleton') return;
  throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_SCOPE', { domain, key, provider, scope });
}
