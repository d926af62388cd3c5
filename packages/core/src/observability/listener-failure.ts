import { channelOf, type ChannelFamily } from './channels.js';

declare module './channels.js' {
  interface ChannelMessages {
    /** A listener threw, or what it returned was rejected. */
    'oneiric:listener-failed': {
      /** What it listened to, such as `lock:long-hold` or `oneiric:registry:changed`. */
      readonly event: string;
      readonly error: unknown;
    };
  }
}

export const LISTENER_CHANNELS: ChannelFamily<'oneiric:listener-failed'> = {
  'oneiric:listener-failed': {
    message: '`event`: what was listened to; `error`: what was thrown.',
    when: 'A listener threw, at once or later. Nobody else notices.',
  },
};

/** Where a listener that threw is reported. The library prints nothing itself. */
const listenerFailed = channelOf('oneiric:listener-failed');

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
