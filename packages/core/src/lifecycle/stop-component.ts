import { createError } from '../errors/oneiric-error.js';
import { inSpan } from '../observability/span-port.js';
import { unbenchAll } from './bench-candidate.js';
import type { Component } from './component.js';
import type { LifecycleCore } from './lifecycle-core.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import { injectedNeeds } from '../dependencies/injected-needs.js';
import { unpause } from './pause-component.js';
import type { PhaseRun } from './instance-phases.js';
import { phaseFailure } from './phase-failure.js';
import type { Slot } from './slot.js';
import { waitFor } from './wait-for.js';

/** What becomes of the components that a stopped one is injected into. */
export type Dependents = 'refuse' | 'stop';

/** The slots of what runs and injects this one. */
export function dependentsOf(core: LifecycleCore, slot: Slot): readonly Slot[] {
  return [...core.slots.values()].filter(
    ({ current }) =>
      current?.candidate.inject !== undefined &&
      injectedNeeds(current.candidate).some(({ domain, key }) => domain === slot.domain && key === slot.key),
  );
}

/** The slots of what runs, by the name of what they inject. */
export function dependentsByName(core: LifecycleCore): ReadonlyMap<string, readonly Slot[]> {
  const dependents = new Map<string, Slot[]>();
  for (const slot of core.slots.values()) {
    if (slot.current?.candidate.inject === undefined) continue;
    const names = injectedNeeds(slot.current.candidate).map(({ domain, key }) => `${domain}/${key}`);
    for (const name of new Set(names)) {
      const known = dependents.get(name);
      if (known === undefined) dependents.set(name, [slot]);
      else known.push(slot);
    }
  }
  return dependents;
}

/**
 * Stops what runs for a key: no call begins any more, those in flight end, the instance is closed. Once that has begun
 * the signal only ends the caller's wait.
 *
 * @throws `ONEIRIC_LIFECYCLE_IN_USE`; `ONEIRIC_LIFECYCLE_FAILED` where the instance cannot be closed: it is stopped
 *   all the same
 */
export function deactivateComponent(
  core: LifecycleCore,
  slot: Slot,
  dependents: Dependents,
  signal: AbortSignal | undefined,
): Promise<void> {
  return waitFor(stop(core, slot, dependents, signal), signal);
}

async function stop(
  core: LifecycleCore,
  slot: Slot,
  dependents: Dependents,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (dependents === 'stop') {
    for (const dependent of dependentsOf(core, slot)) await stop(core, dependent, dependents, signal);
  }
  await core.exclusive(slot, 'deactivate', signal, async () => {
    const users = dependentsOf(core, slot).filter((user) => user !== slot);
    if (users.length > 0) {
      const { domain, key } = slot;
      throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_IN_USE', {
        domain,
        key,
        dependents: users.map(({ name, current }) => `${name} (${current?.candidate.provider ?? ''})`),
      });
    }
    const [problem] = await retire(core, slot, 'deactivate');
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- a signal's reason may be anything
    if (problem !== undefined) throw problem;
  });
}

/** Unbinds, drains and closes what runs; what goes wrong with that is returned. The caller holds the key. */
export async function retire(
  core: LifecycleCore,
  slot: Slot,
  operation: 'deactivate' | 'close',
): Promise<readonly unknown[]> {
  const component = slot.current;
  slot.isStopped = true;
  if (component === undefined) {
    slot.wake();
    return [];
  }
  const { domain, key } = slot;
  const { provider, version = null } = component.candidate;
  return await inSpan('oneiric.deactivate', { domain, key, provider, version, operation }, async (span) => {
    const problems = await retireComponent(core, slot, component, operation);
    if (problems.length > 0) span.set({ problems: problems.length });
    return problems;
  });
}

async function retireComponent(
  core: LifecycleCore,
  slot: Slot,
  component: Component,
  operation: 'deactivate' | 'close',
): Promise<readonly unknown[]> {
  slot.retiring.add(component);
  slot.bind(undefined);
  const problems: unknown[] = [];
  const run: PhaseRun = { slot, operation, signal: undefined };
  await attempt(core, slot, component, 'drain', problems, run, () =>
    core.phases.drain(component, run, 'It is closed all the same.'),
  );
  await attempt(core, slot, component, 'cleanup', problems, run, () => core.phases.cleanUp(component, run));
  slot.retiring.delete(component);
  await takeBackMarks(core, slot, problems);
  const { domain, key } = slot;
  core.feed.emit('deactivated', { domain, key, candidate: component.candidate });
  return problems;
}

/** What stops says nothing any more about who is unwell or paused. */
async function takeBackMarks(core: LifecycleCore, slot: Slot, problems: unknown[]): Promise<void> {
  try {
    await unpause(core, slot);
    await unbenchAll(core, slot);
  } catch (error) {
    problems.push(error);
  }
}

async function attempt(
  core: LifecycleCore,
  slot: Slot,
  { candidate }: Component,
  phase: 'drain' | 'cleanup',
  problems: unknown[],
  { operation }: PhaseRun,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const failure = phaseFailure(slot, operation, phase, candidate, error);
    problems.push(failure);
    core.report(slot, operation, candidate.provider, failure);
  }
}
