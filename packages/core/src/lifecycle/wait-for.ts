import { unwatchAbort, watchAbort } from '../concurrency/abort-watch.js';

/**
 * Settles as `work` does, or rejects with the signal's reason as soon as that is aborted: then only the wait is over,
 * and what `work` still throws is dropped.
 */
export function waitFor<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const entry = { abort: reject };
    if (signal.aborted) reject(signal.reason as Error);
    else watchAbort(signal, entry);
    work.then(resolve, reject).finally(() => {
      unwatchAbort(signal, entry);
    });
  });
}
