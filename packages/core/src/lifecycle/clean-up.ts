import { findMethod } from './find-method.js';

/** The methods of an instance that end it; the first that is there is called, and no other. */
export const CLEANUP_METHODS = [
  Symbol.asyncDispose,
  Symbol.dispose,
  'dispose',
  'close',
  'shutdown',
  'cleanup',
] as const;

const kept = new WeakSet();

/** Marks what somebody else has made, and ends: it is left open, however long it runs here. */
export function keepOpen(instance: unknown): void {
  if ((typeof instance === 'object' && instance !== null) || typeof instance === 'function')
    kept.add(instance);
}

/** Ends an instance the way it offers; nothing happens where it offers none. */
export async function cleanUp(instance: unknown): Promise<void> {
  if (kept.has(instance as object)) return;
  await findMethod(instance, CLEANUP_METHODS)?.call();
}
