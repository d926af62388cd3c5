/**
 * A stable reference to whatever instance is active for a key; its target follows every swap.
 * A handle is not thenable, so it can be returned from an async function as it is.
 *
 * A call is a lease on the instance that serves when the call begins: it finishes there, and the old instance of a swap
 * is closed only after its last lease has ended, or the time to drain has run out.
 */
export interface LiveHandle<T> {
  /**
   * Leases the active instance until `fn` settles, and gives what `fn` gives. Where nothing serves it waits, bounded,
   * and starts what was never started; `signal` ends that waiting, not `fn`. Never throws synchronously. Do not keep
   * the instance beyond `fn`, and do not call `use` of the same key inside it: a handover that begins in between waits
   * for the outer call, which waits for the inner one, until one of their times is over.
   */
  use<R>(fn: (instance: T) => R | Promise<R>, options?: { readonly signal?: AbortSignal }): Promise<R>;
  /**
   * Stands in for the instance. Each call of a method is a lease of its own, until it returns or throws, or until the
   * native promise that it returned (the caller gets that very promise) settles. Where nothing serves, calls, reads and
   * writes throw. A method is the same function every time, works when detached, and follows swaps.
   *
   * Not covered by the lease: streams, iterators, lazy queries (what is thenable without being a native promise is
   * never touched), and what a promise resolves with, the instance itself included. Use `use` for those.
   *
   * A rejection that nobody handles is not reported by Node as unhandled: to know when a promise settles is to handle
   * it, in JavaScript, and the promise belongs to the instance. Handle the promise, or call through `use`.
   *
   * A method that comes from a class is looked up once per instance; what is put over it later on a running instance,
   * other than through the proxy, is seen after the next swap. All others are looked up for every call.
   *
   * `in`, `instanceof`, `for…in`, reading and writing reach the instance; what concerns an object's own properties does
   * not: `Object.keys`, spread, `JSON.stringify`, `delete`, `Object.defineProperty`. `proxy.then` is undefined, whatever
   * the instance has. Where the instance running at the first look at `proxy` is a function, the proxy can be called
   * and constructed; a primitive has its methods through it, and is had as a value by `use` and `peek`.
   */
  readonly proxy: T;
  /** The current instance, not counted as in use; undefined where none is active. */
  peek(): T | undefined;
}
