import { createError } from '../errors/oneiric-error.js';
import { describeRequest, describeSection } from './describe-lock.js';
import type { HandOver } from './hand-over.js';
import { CapturedContext, type LockContext } from './lock-context.js';
import { released, tellReleased } from './lock-channels.js';
import type { LockCore } from './lock-core.js';
import { LOCK_ERRORS } from './lock-errors.js';
import type { LockEventMap } from './lock-events.js';
import { sectionLabel, type SectionFrame } from './lock-frame.js';
import type { SectionOutcome, SectionRequest } from './section-request.js';

/** A request whose caller has a promise already. */
export interface PromisedSection<T> {
  readonly request: SectionRequest<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
}

const OK: SectionOutcome = Object.freeze({ ok: true });
const FAILED: SectionOutcome = Object.freeze({ ok: false });

/**
 * Runs granted sections and ends them: exactly once, however the body ends. A body that returns no promise costs none
 * but the one that the caller gets. A section ends in its own context, so what it ends with (events, `onSettled`) sees
 * the values that other `AsyncLocalStorage`s have there.
 */
export class SectionRunner {
  readonly #core: LockCore;
  readonly #context: LockContext;
  readonly #handOver: HandOver;
  /** Called when a section has left the lock. */
  readonly #onLeft: () => void;

  constructor(core: LockCore, context: LockContext, handOver: HandOver, onLeft: () => void) {
    this.#core = core;
    this.#context = context;
    this.#handOver = handOver;
    this.#onLeft = onLeft;
  }

  /** Runs a section that did not have to wait, in the calling context. */
  run<T>(frame: SectionFrame, request: SectionRequest<T>): Promise<T> {
    return this.#context.run<SectionFrame, SectionRequest<T>, Promise<T>>(frame, this.#start, request);
  }

  /** As {@link run}, but on a stack of its own. */
  runLater<T>(frame: SectionFrame, request: SectionRequest<T>): Promise<T> {
    const captured = new CapturedContext();
    return new Promise((resolve, reject) => {
      queueMicrotask(() => {
        this.runIn(captured, frame, { request, resolve, reject });
      });
    });
  }

  /** Runs a section that had to wait, in the context that it was requested from, and settles its caller's promise. */
  runIn<T>(captured: CapturedContext, frame: SectionFrame, promised: PromisedSection<T>): void {
    this.#context.runIn<SectionFrame, PromisedSection<T>, unknown>(
      captured,
      frame,
      this.#startPromised,
      promised,
    );
  }

  readonly #start = <T>(frame: SectionFrame, request: SectionRequest<T>): Promise<T> => {
    let result: T | PromiseLike<T>;
    try {
      result = request.body(frame, request.signal);
      if (isThenable(result)) {
        return whenSettled(
          result,
          (value) => {
            this.#settle(frame, request, true);
            return value;
          },
          (error) => {
            throw this.#settleFailed(frame, request, error);
          },
        );
      }
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a body may throw anything
      return Promise.reject(this.#settleFailed(frame, request, error));
    }
    this.#settle(frame, request, true);
    return Promise.resolve(result);
  };

  readonly #startPromised = <T>(frame: SectionFrame, promised: PromisedSection<T>): void => {
    const { request, resolve, reject } = promised;
    const succeed = (value: T): void => {
      try {
        this.#settle(frame, request, true);
        resolve(value);
      } catch (error) {
        reject(error);
      }
    };
    const fail = (error: unknown): void => {
      reject(this.#settleFailed(frame, request, error));
    };
    let result: T | PromiseLike<T>;
    try {
      result = request.body(frame, request.signal);
      if (isThenable(result)) {
        void whenSettled(result, succeed, fail);
        return;
      }
    } catch (error) {
      fail(error);
      return;
    }
    succeed(result);
  };

  /** Ends a section whose body failed; returns what to reject with. */
  #settleFailed<T>(frame: SectionFrame, request: SectionRequest<T>, error: unknown): unknown {
    try {
      this.#settle(frame, request, false, error);
      return error;
    } catch (other) {
      return other;
    }
  }

  /** The one place where a section ends. Throws what the section is to reject with instead of its own outcome. */
  #settle<T>(frame: SectionFrame, { onSettled }: SectionRequest<T>, ok: boolean, cause?: unknown): void {
    const orphaned =
      this.#core.settings.strict && frame.isOccupied
        ? this.#orphanedError(frame, ok ? {} : { cause })
        : undefined;
    try {
      onSettled?.(frame, ok && orphaned === undefined ? OK : FAILED);
    } finally {
      this.#leave(frame);
    }
    if (orphaned !== undefined) throw orphaned;
  }

  #leave(frame: SectionFrame): void {
    const { host } = frame;
    const { settings, statistics, events } = this.#core;
    frame.live = false;
    frame.waits = undefined;
    frame.longHold?.[Symbol.dispose]();
    const heldMs = settings.clock.now() - frame.startedAt;
    statistics.held(heldMs);
    let orphans: LockEventMap['orphan-running'] | undefined;
    if (frame.isOccupied) {
      if (events.isHeard('orphan-running')) orphans = this.#describeOrphans(frame);
      this.#handOver.moveUp(frame);
      host.replace(frame);
    } else {
      host.remove(frame);
    }
    if (host.first === undefined) host.gate?.open();
    this.#onLeft();
    if (released.hasSubscribers) tellReleased(frame, heldMs);
    if (orphans !== undefined) events.emit('orphan-running', orphans);
  }

  #orphanedError(frame: SectionFrame, options: { readonly cause?: unknown }) {
    const details = {
      lock: this.#core.name,
      section: sectionLabel(frame),
      running: frame.running().map(sectionLabel),
      requeued: [...(frame.queue ?? [])].map((waiting) => sectionLabel(waiting.request)),
    };
    return createError(LOCK_ERRORS, 'ONEIRIC_LOCK_ORPHANED', details, options);
  }

  #describeOrphans(frame: SectionFrame): LockEventMap['orphan-running'] {
    const now = this.#core.settings.clock.now();
    return {
      lock: this.#core.name,
      section: describeSection(frame, now),
      running: frame.running().map((child) => describeSection(child, now)),
      requeued: [...(frame.queue ?? [])].map((waiting) => describeRequest(waiting, now)),
    };
  }
}

function isThenable<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as PromiseLike<T>).then === 'function'
  );
}

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its promise, below
const nativeThen = Promise.prototype.then;

/**
 * `then` on the promise that `result` is or stands for. Not a `then` of its own, if it has one: that could throw, or
 * call back twice or at once, and a section has to end exactly once.
 */
function whenSettled<T, R>(
  result: PromiseLike<T>,
  onFulfilled: (value: T) => R,
  onRejected: (error: unknown) => R,
): Promise<R> {
  return nativeThen.call(
    Promise.resolve(result),
    onFulfilled as (value: unknown) => R,
    onRejected,
  ) as Promise<R>;
}
