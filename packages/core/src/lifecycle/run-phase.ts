import { unwatchAbort, watchAbort } from '../concurrency/abort-watch.js';
import type { Clock } from '../foundation/clock.js';

/** What bounds one phase. */
export interface PhaseBounds<T> {
  readonly clock: Clock;
  readonly timeoutMs: number;
  /** Ends the wait at once; the phase rejects with its reason. */
  readonly signal: AbortSignal | undefined;
  /** The error of a phase that takes longer than `timeoutMs`. */
  readonly timedOut: () => Error;
  /** Gets what the work gives after nobody waits for it any more. */
  readonly onLate?: (value: T) => void;
}

/**
 * Waits for one piece of foreign code, for no longer than its bounds allow. The work gets a signal that is aborted
 * when the wait ends early; code that does not heed it goes on, and what it then throws is dropped.
 */
export function runPhase<T>(
  work: (signal: AbortSignal) => T | PromiseLike<T>,
  { clock, timeoutMs, signal, timedOut, onLate }: PhaseBounds<T>,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted === true) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason is the caller's own
      reject(signal.reason);
      return;
    }
    const controller = new AbortController();
    let waiting = true;
    const stop = (): void => {
      waiting = false;
      timer[Symbol.dispose]();
      if (signal !== undefined) unwatchAbort(signal, entry);
    };
    const entry = {
      abort(reason: unknown) {
        if (!waiting) return;
        stop();
        controller.abort(reason);
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason is the caller's own
        reject(reason);
      },
    };
    const late = (): void => {
      entry.abort(timedOut());
    };
    const timer = clock.after(timeoutMs, late, { keepsAlive: true });
    if (signal !== undefined) watchAbort(signal, entry);
    new Promise<T>((settle) => {
      settle(work(controller.signal));
    }).then(
      (value) => {
        if (!waiting) {
          onLate?.(value);
          return;
        }
        stop();
        resolve(value);
      },
      (error: unknown) => {
        if (!waiting) return;
        stop();
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- foreign code throws anything
        reject(error);
      },
    );
  });
}
