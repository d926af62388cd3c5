import type { Component } from './component.js';
import type { LifecycleCore } from './lifecycle-core.js';
import type { Slot } from './slot.js';
import { decidedTarget, swapComponent } from './swap-component.js';

/** What runs for a key; started once for everybody who asks while it is being started. */
export async function startComponent(
  core: LifecycleCore,
  slot: Slot,
  signal: AbortSignal | undefined,
): Promise<Component> {
  signal?.throwIfAborted();
  if (slot.present !== undefined) return slot.present;
  core.assertOutside(slot, 'activate');
  core.assertOpen('lifecycle.activate()');
  core.leavePlaces();
  return await core.waitingFor(slot, 'activate', () =>
    slot.flight.join((flight) => start(core, slot, flight), signal),
  );
}

async function start(core: LifecycleCore, slot: Slot, signal: AbortSignal): Promise<Component> {
  const target = () =>
    slot.current === undefined
      ? decidedTarget(core, slot, undefined)
      : { candidate: slot.current.candidate, because: '', explanation: undefined };
  await swapComponent(core, slot, { operation: 'activate', signal, target });
  if (slot.current !== undefined) return slot.current;
  throw slot.refusal();
}
