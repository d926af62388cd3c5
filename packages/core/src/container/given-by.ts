import type { LiveHandle } from '../foundation/live-handle.js';

/**
 * What is given for a singleton that runs: the handle's proxy, which is always the same and follows swaps. A proxy can
 * stand for an object or a function; a primitive is given as it is, and whoever keeps one keeps that one.
 */
export function givenBy<T>(handle: LiveHandle<T>): T {
  const instance = handle.peek();
  return instance === undefined || hasProxy(instance) ? handle.proxy : instance;
}

/** Can a proxy stand for it? */
function hasProxy(instance: unknown): boolean {
  return typeof instance === 'object' || typeof instance === 'function';
}
