import { createError } from '../errors/oneiric-error.js';
import { redactText } from '../security/redact.js';
import { setMark } from './bench-candidate.js';
import type { Component } from './component.js';
import type { LifecycleCore } from './lifecycle-core.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import { phaseFailure } from './phase-failure.js';
import type { Slot } from './slot.js';

export interface PauseRequest {
  readonly reason?: string;
  readonly signal?: AbortSignal;
}

/** Holds new calls, and marks what runs as paused so that every explanation says so. */
export async function pauseComponent(core: LifecycleCore, slot: Slot, request: PauseRequest): Promise<void> {
  await core.exclusive(slot, 'pause', request.signal, async (signal) => {
    await hold(core, slot, request, signal);
  });
}

/**
 * As `pauseComponent`, and waits for the calls in flight to end. Where they do not in time, it stays paused.
 *
 * @throws `ONEIRIC_LIFECYCLE_FAILED`
 */
export async function drainComponent(core: LifecycleCore, slot: Slot, request: PauseRequest): Promise<void> {
  await core.exclusive(slot, 'drain', request.signal, async (signal) => {
    const component = await hold(core, slot, request, signal);
    slot.isDraining = true;
    try {
      const run = { slot, operation: 'drain', signal } as const;
      await core.phases.drain(component, run, 'It stays paused; nothing was closed.');
    } catch (error) {
      throw phaseFailure(slot, 'drain', 'drain', component.candidate, error, signal);
    } finally {
      slot.isDraining = false;
    }
  });
}

/**
 * Lets calls through again, those that waited first. Nothing happens where nothing is paused.
 *
 * @returns whether another one wins now than before the pause
 */
export async function resumeComponent(
  core: LifecycleCore,
  slot: Slot,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  return await core.exclusive(slot, 'resume', signal, async () => {
    const { domain, key, pause } = slot;
    if (pause === undefined) return false;
    await unpause(core, slot);
    core.feed.emit('resumed', { domain, key });
    return core.registry.explain(domain, key).winner !== pause.winner;
  });
}

/**
 * Another one runs now than the one that was paused: the mark goes with what runs. The caller holds the key.
 *
 * @returns what went wrong with that
 */
export async function movePause(core: LifecycleCore, { pause, current }: Slot): Promise<readonly unknown[]> {
  if (pause === undefined || current === undefined || current.candidate === pause.candidate) return [];
  const { candidate, reason } = pause;
  pause.candidate = current.candidate;
  try {
    await setMark(core, candidate, 'PAUSED', null);
    await setMark(core, current.candidate, 'PAUSED', { reason });
    return [];
  } catch (error) {
    return [error];
  }
}

/** Takes the mark away, then lets calls through. The caller holds the key. */
export async function unpause(core: LifecycleCore, slot: Slot): Promise<void> {
  const { pause } = slot;
  slot.pause = undefined;
  if (pause !== undefined) await setMark(core, pause.candidate, 'PAUSED', null);
  slot.letGo('paused');
}

async function hold(
  core: LifecycleCore,
  slot: Slot,
  { reason }: PauseRequest,
  signal: AbortSignal,
): Promise<Component> {
  const { domain, key, current } = slot;
  if (current === undefined) {
    const state = slot.isStopped ? 'stopped' : 'not started yet';
    throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_NOT_ACTIVE', { domain, key, state });
  }
  if (slot.isHeld('paused')) return current;
  slot.hold('paused');
  const { winner } = core.registry.explain(domain, key);
  slot.pause = { candidate: current.candidate, reason, winner, since: core.clock.now() };
  try {
    await setMark(core, current.candidate, 'PAUSED', { reason });
    signal.throwIfAborted();
  } catch (error) {
    await unpause(core, slot);
    throw error;
  }
  const told = reason === undefined ? null : redactText(reason);
  core.feed.emit('paused', { domain, key, candidate: current.candidate, reason: told });
  return current;
}
