import { channel } from 'node:diagnostics_channel';

/** Where a listener that threw is reported: `{ event, error }`. The library prints nothing itself. */
export const LISTENER_FAILED = 'oneiric:listener-failed';

/** What {@link LISTENER_FAILED} carries. */
export interface ListenerFailure {
  /** Whose event it was, such as `lock:orphan-running`. */
  readonly event: string;
  readonly error: unknown;
}

const listenerFailed = channel(LISTENER_FAILED);

/** Tells whoever listens that a listener of `event` threw or rejected; the emitter goes on undisturbed. */
export function reportListenerFailure(event: string, error: unknown): void {
  if (listenerFailed.hasSubscribers) listenerFailed.publish({ event, error } satisfies ListenerFailure);
}

/** Calls one listener; whatever it throws, at once or later, is reported and harms nobody. */
export function callListener<P>(event: string, listener: (payload: P) => unknown, payload: P): void {
  try {
    const result = listener(payload);
    if (result instanceof Promise) result.catch((error: unknown) => reportListenerFailure(event, error));
  } catch (error) {
    reportListenerFailure(event, error);
  }
}
