import type { Clock } from './clock.js';

/** How long something of the project's own may take, and what else ends the wait for it. */
export interface WaitOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

export type WaitOutcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'late' }
  | { readonly kind: 'aborted' };

/** How the wait for a promise ends, whichever way comes first. What is waited for goes on. */
export async function settleWithin<T>(
  promise: Promise<T>,
  { clock, timeoutMs, signal }: WaitOptions,
): Promise<WaitOutcome<T>> {
  let stop = (): void => undefined;
  let timer: Disposable | undefined;
  const ended = new Promise<WaitOutcome<T>>((resolve) => {
    stop = () => {
      resolve({ kind: 'aborted' });
    };
    const late = (): void => {
      resolve({ kind: 'late' });
    };
    timer = clock.after(timeoutMs, late, { keepsAlive: true });
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
  });
  const settled = promise.then(
    (value): WaitOutcome<T> => ({ kind: 'done', value }),
    (error: unknown): WaitOutcome<T> => ({ kind: 'failed', error }),
  );
  try {
    return await Promise.race([settled, ended]);
  } finally {
    timer?.[Symbol.dispose]();
    signal?.removeEventListener('abort', stop);
  }
}
