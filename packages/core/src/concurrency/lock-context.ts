import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

import type { ContextNode } from './lock-frame.js';

const SHARED = Symbol.for('oneiric.lock-context.v1');

/**
 * The one store that says, for every asynchronous context of the process, which sections it runs in. All locks of all
 * copies of the package share it. The only place that imports `node:async_hooks`.
 */
export class LockContext {
  readonly #storage = new AsyncLocalStorage<ContextNode>();
  #sequence = 0;

  /** The innermost section or barrier of the calling context. */
  current(): ContextNode | undefined {
    return this.#storage.getStore();
  }

  /** Runs `fn(node, argument)` in the calling context, with `node` as the innermost of it. */
  run<N extends ContextNode, A, R>(node: N, fn: (node: N, argument: A | undefined) => R, argument?: A): R {
    return this.#storage.run(node, fn, node, argument);
  }

  /** A number that no other lock and no other request of the process has; later ones are larger. */
  nextSequence(): number {
    return ++this.#sequence;
  }
}

/**
 * The calling context with everything that it carries, also what belongs to others. An `AsyncResource` rather than
 * `AsyncLocalStorage.snapshot()`, which costs a hundred times as much on Node 20.
 */
export class CapturedContext {
  readonly #resource = new AsyncResource('OneiricLockRequest');

  run<R>(fn: () => R): R {
    return this.#resource.runInAsyncScope(fn);
  }
}

/** The shared context; made by the first lock of the process, never by an import. */
export function lockContext(): LockContext {
  const shared = globalThis as { [SHARED]?: LockContext };
  return (shared[SHARED] ??= new LockContext());
}
