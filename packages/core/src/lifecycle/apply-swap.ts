import type { Candidate } from '../decision/candidate.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import { inSpan } from '../observability/span-port.js';
import type { Component } from './component.js';
import type { LifecycleCore } from './lifecycle-core.js';
import { phaseFailure } from './phase-failure.js';
import type { Operation, Phase } from './phase.js';
import type { PhaseRun } from './instance-phases.js';
import type { Slot } from './slot.js';

/** What a swap is made with. The caller holds the key. */
export interface SwapWork {
  readonly slot: Slot;
  readonly operation: Operation;
  readonly target: Candidate;
  /** Starts what it injects. */
  readonly startNeeds: () => Promise<Readonly<Record<string, LiveHandle<unknown>>>>;
  readonly signal: AbortSignal;
  readonly onPhase: (phase: Phase, durationMs: number) => void;
  /** Called in the same breath as the new one is bound: from here on nothing is undone. */
  readonly onBound: () => void;
  /** Refuses, at the last moment, what may no longer be bound. */
  readonly assertBindable: () => void;
}

/**
 * Puts a new instance of `target` in the place of what runs, if anything does: build → health → handover → `preSwap` →
 * bind → drain the old → clean up the old → `postSwap`.
 *
 * Whatever fails before *bind*, the signal included, closes the new instance and leaves the old one serving; it is
 * thrown. Whatever fails after *bind* is returned, and the new one serves: the signal has no effect any more.
 */
export async function applySwap(core: LifecycleCore, work: SwapWork): Promise<readonly unknown[]> {
  const { slot, operation, onPhase } = work;
  const from = slot.current;
  const to = await bringUp(core, work, from);
  const problems: unknown[] = [];
  const attempt = async (phase: Phase, candidate: Candidate, run: () => Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      const failure = phaseFailure(slot, operation, phase, candidate, error);
      problems.push(failure);
      const { domain, key } = slot;
      core.feed.emit('failed', { domain, key, operation, provider: candidate.provider, error: failure });
    }
  };
  const run: PhaseRun = { slot, operation, signal: undefined, onPhase };
  if (from !== undefined) {
    await attempt('drain', from.candidate, () => core.phases.drain(from, run, 'It is closed all the same.'));
    await attempt('cleanup', from.candidate, () => core.phases.cleanUp(from, run));
    slot.retiring.delete(from);
    await attempt('postSwap', to.candidate, () => core.phases.hook('postSwap', from, to, run));
  }
  return problems;
}

/** The new instance, bound; or nothing has changed. */
async function bringUp(core: LifecycleCore, work: SwapWork, from: Component | undefined): Promise<Component> {
  const { slot, operation, target, signal, onPhase, onBound, assertBindable } = work;
  const run: PhaseRun = { slot, operation, signal, onPhase };
  let phase: Phase = 'build';
  let to: Component | undefined;
  const carries = from !== undefined && target.handover !== undefined;
  try {
    const built = await inActivation(work, from, async () => {
      const inject = await work.startNeeds();
      return await core.building(signal, async () => {
        const component = (to = await core.phases.build(target, inject, run));
        phase = 'health';
        await core.phases.assertHealthy(component, run);
        return component;
      });
    });
    if (from !== undefined) {
      phase = 'handover';
      if (carries) {
        slot.hold('handover');
        await core.phases.handOver(from, built, run);
      }
      phase = 'preSwap';
      await core.phases.hook('preSwap', from, built, run);
    }
    signal.throwIfAborted();
    assertBindable();
    if (from !== undefined) slot.retiring.add(from);
    slot.bind(built);
    onBound();
    return built;
  } catch (error) {
    const failure = phaseFailure(slot, operation, phase, target, error, signal);
    // Calls go on before the new one is closed: that may take its time.
    if (carries) slot.letGo('handover');
    if (to !== undefined) await core.phases.discard(to, run);
    throw failure;
  } finally {
    if (carries) slot.letGo('handover');
  }
}

/** Where nothing ran before, the operation is the activation. */
function inActivation<T>(
  { target, operation }: SwapWork,
  from: Component | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (from === undefined) return work();
  const { domain, key, provider, version = null } = target;
  return inSpan('oneiric.activate', { domain, key, provider, version, operation }, work);
}
