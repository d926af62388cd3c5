/**
 * A stable reference to whatever instance is active for a key; its target follows every swap.
 * A handle is not thenable, so it can be returned from an async function as it is.
 */
export interface LiveHandle<T> {
  /** Leases the active instance until `fn` settles; the old instance of a swap is closed only after that. */
  use<R>(fn: (instance: T) => R | Promise<R>, options?: { readonly signal?: AbortSignal }): Promise<R>;
  /** The instance's own shape; every call is a lease of its own. */
  readonly proxy: T;
  /** The current instance, not counted as in use; undefined where none is active. */
  peek(): T | undefined;
}
