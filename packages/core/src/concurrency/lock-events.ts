import { nearestName } from '../foundation/nearest-name.js';
import { channelOf, type EventChannel } from '../observability/channels.js';
import { callListener } from '../observability/listener-failure.js';
import type { DeadlockStep } from './lock-errors.js';
import { assertFunction, invalid } from './lock-options.js';
import type { LockRequest, LockSection } from './lock-report.js';

/** What a lock tells about itself, by event. */
export interface LockEventMap {
  /** A section settled before its nested sections: those in `running` go on, those in `requeued` wait one level up. */
  'orphan-running': {
    readonly lock: string;
    readonly section: LockSection;
    readonly running: readonly LockSection[];
    readonly requeued: readonly LockRequest[];
  };
  /** Requests wait for each other in a circle; it is raised on every lock of the circle, at once. */
  'deadlock-suspected': {
    /** From the request that closed the circle on. */
    readonly cycle: readonly DeadlockStep[];
    /** After so many milliseconds that request fails, if the circle still stands. */
    readonly graceMs: number;
  };
  /** A section has been running for longer than `longHoldMs`. Raised once per section. */
  'long-hold': { readonly lock: string; readonly section: LockSection };
  /** Two locks were taken inside each other in both orders, which can deadlock on another day. */
  'order-inversion': {
    /** The lock that was asked for, while `held` was held. */
    readonly wanted: string;
    readonly held: string;
    /** The order seen earlier, from `wanted` to `held`. */
    readonly earlier: readonly string[];
  };
}

export type LockEvent = keyof LockEventMap;

const CHANNELS: { readonly [E in LockEvent]: EventChannel<LockEventMap[E]> } = {
  'orphan-running': channelOf('oneiric:lock:orphan-running'),
  'deadlock-suspected': channelOf('oneiric:lock:deadlock-suspected'),
  'long-hold': channelOf('oneiric:lock:long-hold'),
  'order-inversion': channelOf('oneiric:lock:order-inversion'),
};

/**
 * The listeners of a lock. A listener runs synchronously, where the event happened; one that throws is reported to
 * `oneiric:listener-failed` and harms neither the lock nor the next listener. Every event is also published to the
 * diagnostics channel `oneiric:lock:<event>`.
 */
export class LockEvents {
  readonly #listeners = new Map<LockEvent, Set<{ readonly call: (payload: never) => void }>>();

  /** Adds a listener until the result is disposed. @throws `ONEIRIC_LOCK_OPTION_INVALID` for an unknown event */
  on<E extends LockEvent>(event: E, listener: (payload: LockEventMap[E]) => void): Disposable {
    if (!Object.hasOwn(CHANNELS, event)) {
      const known = Object.keys(CHANNELS);
      const nearest = typeof (event as unknown) === 'string' ? nearestName(event, known) : undefined;
      throw invalid('event', event, `one of ${known.join(', ')}`, nearest);
    }
    assertFunction('listener', listener);
    const entry = { call: listener };
    let listeners = this.#listeners.get(event);
    if (listeners === undefined) this.#listeners.set(event, (listeners = new Set()));
    listeners.add(entry);
    return {
      [Symbol.dispose]: () => {
        listeners.delete(entry);
      },
    };
  }

  /** Would anyone be told? Where not, what there is to tell need not be put together. */
  isHeard(event: LockEvent): boolean {
    return CHANNELS[event].hasSubscribers || (this.#listeners.get(event)?.size ?? 0) > 0;
  }

  /** Tells everyone who listens. */
  emit<E extends LockEvent>(event: E, payload: LockEventMap[E]): void {
    CHANNELS[event].publish(payload);
    for (const { call } of [...(this.#listeners.get(event) ?? [])]) {
      callListener(`lock:${event}`, call as (payload: LockEventMap[E]) => void, payload);
    }
  }
}
