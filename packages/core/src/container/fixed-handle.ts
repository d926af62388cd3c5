import type { LiveHandle } from '../foundation/live-handle.js';

/** The handle of one instance that nothing takes the place of: a transient or a scoped one, given to its holder. */
export function fixedHandle<T>(instance: T): LiveHandle<T> {
  return Object.freeze({
    async use<R>(
      fn: (instance: T) => R | Promise<R>,
      options?: { readonly signal?: AbortSignal },
    ): Promise<R> {
      options?.signal?.throwIfAborted();
      return await fn(instance);
    },
    proxy: instance,
    peek: () => instance,
  });
}
