import { channel } from 'node:diagnostics_channel';

/** Where a listener that threw is reported, as `{ event, error }`. The library prints nothing itself. */
const listenerFailed = channel('oneiric:listener-failed');

/**
 * Calls one listener of `event` (such as `lock:orphan-running`). Whatever it throws, at once or later, goes to the
 * diagnostics channel `oneiric:listener-failed`; the emitter goes on undisturbed.
 */
export function callListener<P>(event: string, listener: (payload: P) => unknown, payload: P): void {
  try {
    const result = listener(payload);
    if (result instanceof Promise) result.catch((error: unknown) => report(event, error));
  } catch (error) {
    report(event, error);
  }
}

function report(event: string, error: unknown): void {
  if (listenerFailed.hasSubscribers) listenerFailed.publish({ event, error });
}
