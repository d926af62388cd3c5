import { AsyncLocalStorage, AsyncResource } from 'node:async_hooks';

import type { ContextNode } from './lock-frame.js';

const SHARED = Symbol.for('oneiric.lock-context.v1');

/** How many sections may be started inside each other's synchronous part before one is started on a stack of its own. */
const MOST_NESTED = 100;

/**
 * The one store that says, for every asynchronous context of the process, which sections it runs in. All locks of all
 * copies of the package share it. The only place that imports `node:async_hooks`.
 */
export class LockContext {
  readonly #storage = new AsyncLocalStorage<ContextNode>();
  #nested = 0;
  #sequence = 0;

  /** The innermost section or barrier of the calling context. */
  current(): ContextNode | undefined {
    return this.#storage.getStore();
  }

  /** Is the stack so deep in sections that the next one had better start on one of its own? */
  get isDeep(): boolean {
    return this.#nested >= MOST_NESTED;
  }

  /**
   * Runs `fn(node, argument)` in the calling context, with `node` as the innermost of it.
   *
   * By `AsyncLocalStorage.run` and not by a resource: Node ends the process if the stack overflows inside
   * `runInAsyncScope` far from its bottom.
   */
  run<N extends ContextNode, A, R>(node: N, fn: (node: N, argument: A) => R, argument: A): R {
    this.#nested++;
    try {
      return this.#storage.run(node, fn, node, argument);
    } finally {
      this.#nested--;
    }
  }

  /**
   * Runs `fn(node, argument)` in a captured context, with `node` as the innermost of it. To be called from a microtask
   * of its own, and once for each captured context, which is changed in place: `AsyncLocalStorage.run` would copy the
   * context of Node 24 twice, to enter and to leave.
   */
  runIn<N extends ContextNode, A, R>(
    captured: CapturedContext,
    node: N,
    fn: (node: N, argument: A) => R,
    argument: A,
  ): R {
    return captured.runInAsyncScope(enter<N, A, R>, undefined, this.#storage, node, fn, argument);
  }

  /** Runs `fn` in the calling context, but inside no section of any lock: for work that nobody there awaits. */
  outside<R>(fn: () => R): R {
    return this.#storage.run(undefined as never, fn);
  }

  /** A number that no other lock and no other request of the process has; later ones are larger. */
  nextSequence(): number {
    return ++this.#sequence;
  }
}

/**
 * The context it is made in, with everything that it carries, also what belongs to others. An `AsyncResource` rather
 * than `AsyncLocalStorage.snapshot()`, which costs a hundred times as much.
 */
export class CapturedContext extends AsyncResource {
  constructor() {
    super('OneiricLockRequest');
  }
}

function enter<N extends ContextNode, A, R>(
  storage: AsyncLocalStorage<ContextNode>,
  node: N,
  fn: (node: N, argument: A) => R,
  argument: A,
): R {
  storage.enterWith(node);
  return fn(node, argument);
}

/** The shared context; made by the first lock of the process, never by an import. */
export function lockContext(): LockContext {
  const shared = globalThis as { [SHARED]?: LockContext | undefined };
  return (shared[SHARED] ??= new LockContext());
}
