import type { LockCore } from './lock-core.js';
import { heldFrames, type ContextNode } from './lock-frame.js';

/**
 * Writes down that `wanted` is asked for in `context`, inside the locks that are held there, and raises
 * `order-inversion` on both locks where it was the other way round before.
 */
export function watchOrder(context: ContextNode, wanted: LockCore): void {
  if (!wanted.settings.detectOrder) return;
  for (const { core: held } of heldFrames(context)) {
    if (!held.settings.detectOrder) continue;
    const earlier = held.order().follow(wanted.order());
    if (earlier === undefined) continue;
    const payload = { wanted: wanted.name, held: held.name, earlier };
    wanted.events.emit('order-inversion', payload);
    held.events.emit('order-inversion', payload);
  }
}
