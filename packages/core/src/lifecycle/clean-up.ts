import { findMethod } from './find-method.js';

/** The methods of an instance that end it; the first that is there is called, and no other. */
const CLEANUP_METHODS = [
  Symbol.asyncDispose,
  Symbol.dispose,
  'dispose',
  'close',
  'shutdown',
  'cleanup',
] as const;

/** Ends an instance the way it offers; nothing happens where it offers none. */
export async function cleanUp(instance: unknown): Promise<void> {
  await findMethod(instance, CLEANUP_METHODS)?.call();
}
