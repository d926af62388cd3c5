import { lockContext } from '../concurrency/lock-context.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { channelOf, type EventChannel } from '../observability/channels.js';
import { callListener } from '../observability/listener-failure.js';
import type { FromLifecycle, OperationEnded } from './lifecycle-channels.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import type { LifecycleEvent, LifecycleEvents } from './lifecycle-events.js';

const CHANNELS: { readonly [E in LifecycleEvent]: EventChannel<FromLifecycle & LifecycleEvents[E]> } = {
  activated: channelOf('oneiric:lifecycle:activated'),
  swapped: channelOf('oneiric:lifecycle:swapped'),
  deactivated: channelOf('oneiric:lifecycle:deactivated'),
  failed: channelOf('oneiric:lifecycle:failed'),
  'health-changed': channelOf('oneiric:lifecycle:health-changed'),
  paused: channelOf('oneiric:lifecycle:paused'),
  resumed: channelOf('oneiric:lifecycle:resumed'),
  withdrawn: channelOf('oneiric:lifecycle:withdrawn'),
  phase: channelOf('oneiric:lifecycle:phase'),
  'status-file-failed': channelOf('oneiric:lifecycle:status-file-failed'),
};
const EVENTS = Object.keys(CHANNELS) as readonly LifecycleEvent[];

const operationEnded = channelOf('oneiric:lifecycle:operation-ended');

/**
 * The listeners of one lifecycle, called as strangers to every lock. One that throws harms nobody: it is reported on
 * `oneiric:listener-failed`.
 */
export class LifecycleFeed {
  /** What messages say that they come from; set by the manager. */
  source: FromLifecycle | undefined;
  readonly #listeners = new Map<LifecycleEvent, Set<(event: never) => unknown>>();

  on<E extends LifecycleEvent>(event: E, listener: (event: LifecycleEvents[E]) => unknown): Disposable {
    if (!EVENTS.includes(event)) {
      const nearest = typeof event === 'string' ? nearestName(event, EVENTS) : undefined;
      throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_EVENT_UNKNOWN', {
        found: describeValue(event),
        known: EVENTS,
        ...(nearest === undefined ? {} : { nearest }),
      });
    }
    if (typeof listener !== 'function') {
      throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_OPTION_INVALID', {
        option: 'listener',
        found: describeValue(listener),
        expected: 'a function',
      });
    }
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners);
    const own = (payload: never): unknown => listener(payload);
    listeners.add(own);
    return {
      [Symbol.dispose]() {
        listeners.delete(own);
      },
    };
  }

  emit<E extends LifecycleEvent>(event: E, payload: LifecycleEvents[E]): void {
    const listeners = this.#listeners.get(event);
    const channel: EventChannel<FromLifecycle & LifecycleEvents[E]> = CHANNELS[event];
    const { source } = this;
    if ((listeners === undefined || listeners.size === 0) && !channel.hasSubscribers) return;
    Object.freeze(payload);
    lockContext().outside(() => {
      if (source !== undefined && channel.hasSubscribers) channel.publish({ ...source, ...payload });
      for (const listener of [...(listeners ?? [])]) {
        callListener(`lifecycle:${event}`, listener as (event: LifecycleEvents[E]) => unknown, payload);
      }
    });
  }

  /** Does anybody want to know how operations end? Where not, they need not be timed. */
  get isEndHeard(): boolean {
    return operationEnded.hasSubscribers;
  }

  emitEnd(ended: OperationEnded): void {
    const { source } = this;
    if (source === undefined || !operationEnded.hasSubscribers) return;
    lockContext().outside(() => {
      operationEnded.publish({ ...source, ...ended });
    });
  }
}
