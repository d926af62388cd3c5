import { lockContext } from '../concurrency/lock-context.js';
import type { Candidate } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { channelOf, type EventChannel } from '../observability/channels.js';
import { callListener } from '../observability/listener-failure.js';
import type { FromLifecycle, OperationEnded } from './lifecycle-channels.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import type { Operation, Phase } from './phase.js';
import type { SwapReport } from './swap-report.js';

interface Subject {
  readonly domain: string;
  readonly key: string;
}

/** One phase of one instance has begun or ended: what progress is drawn from. */
export interface PhaseEvent extends Subject {
  readonly operation: Operation;
  readonly phase: Phase;
  readonly provider: string;
  readonly state: 'began' | 'ended' | 'failed';
  /** Null while it has not ended. */
  readonly durationMs: number | null;
}

/** What a lifecycle tells about what it does: after it was done, in the order in which it was done. */
export interface LifecycleEvents {
  readonly activated: Subject & { readonly candidate: Candidate; readonly durationMs: number };
  readonly swapped: SwapReport;
  readonly deactivated: Subject & { readonly candidate: Candidate };
  /** An operation failed, or a phase after the binding did, or a listener to decisions could not follow one. */
  readonly failed: Subject & {
    readonly operation: Operation;
    readonly provider: string | null;
    readonly error: unknown;
  };
  readonly 'health-changed': Subject & { readonly candidate: Candidate; readonly isHealthy: boolean };
  readonly paused: Subject & { readonly candidate: Candidate };
  readonly resumed: Subject;
  /** Nothing wins any more; what runs goes on serving. */
  readonly withdrawn: Subject & { readonly candidate: Candidate };
  readonly phase: PhaseEvent;
  /** The status file could not be written or read. */
  readonly 'status-file-failed': { readonly file: string; readonly error: unknown };
}

export type LifecycleEvent = keyof LifecycleEvents;

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
