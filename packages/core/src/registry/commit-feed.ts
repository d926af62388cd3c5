import type { ReentrantLock } from '../concurrency/reentrant-lock.js';
import { PLAIN_REQUEST } from '../decision/request.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { callListener } from '../observability/listener-failure.js';
import type { RegistryChange } from './registry-change.js';
import { REGISTRY_ERRORS } from './registry-errors.js';
import type { DecisionChange, RegistryEvents } from './registry-events.js';
import { RegistrySnapshot } from './registry-snapshot.js';
import type { RegistryState } from './registry-state.js';

/** One commit as the feed gets it. */
export interface Commit {
  readonly before: RegistryState;
  readonly after: RegistryState;
  readonly changes: readonly RegistryChange[];
  /** The keys whose decision may be another one. */
  readonly touched: readonly { readonly domain: string; readonly key: string }[];
}

type Listener<E> = (event: E) => void;

/**
 * Tells listeners about commits, one after the other, in revision order, outside the lock's section and as a
 * stranger to it. Costs nothing while nobody listens.
 */
export class CommitFeed {
  readonly #listeners = {
    changed: new Set<Listener<RegistryEvents['changed']>>(),
    'decision-changed': new Set<Listener<RegistryEvents['decision-changed']>>(),
  };
  readonly #lock: ReentrantLock;
  #waiting: Commit[] = [];
  #delivering = false;

  constructor(lock: ReentrantLock) {
    this.#lock = lock;
  }

  on<E extends keyof RegistryEvents>(event: E, listener: Listener<RegistryEvents[E]>): Disposable {
    if (!Object.hasOwn(this.#listeners, event)) {
      throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_EVENT_UNKNOWN', { found: describeValue(event) });
    }
    const own: Listener<RegistryEvents[E]> = (value) => {
      listener(value);
    };
    const listeners = this.#listeners[event] as Set<Listener<RegistryEvents[E]>>;
    listeners.add(own);
    return {
      [Symbol.dispose]() {
        listeners.delete(own);
      },
    };
  }

  add(commit: Commit): void {
    if (this.#listeners.changed.size + this.#listeners['decision-changed'].size > 0) this.#waiting.push(commit);
  }

  deliver(): void {
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      while (this.#waiting.length > 0) {
        const commits = this.#waiting;
        this.#waiting = [];
        for (const commit of commits) this.#lock.detach(() => { this.#tell(commit); });
      }
    } finally {
      this.#delivering = false;
    }
  }

  #tell({ before, after, changes, touched }: Commit): void {
    const event = { revision: after.revision, changes, snapshot: new RegistrySnapshot(after) };
    this.#emit('changed', event);
    if (this.#listeners['decision-changed'].size === 0) return;
    const decisions = touched
      .map(({ domain, key }): DecisionChange => ({
        domain,
        key,
        previous: before.resolve(domain, key, PLAIN_REQUEST),
        winner: after.resolve(domain, key, PLAIN_REQUEST),
      }))
      .filter(({ previous, winner }) => previous !== winner);
    if (decisions.length > 0) this.#emit('decision-changed', { ...event, decisions });
  }

  #emit<E extends keyof RegistryEvents>(event: E, value: RegistryEvents[E]): void {
    for (const listener of [...this.#listeners[event]] as Listener<RegistryEvents[E]>[]) {
      callListener(`registry:${event}`, listener, value);
    }
  }
}
