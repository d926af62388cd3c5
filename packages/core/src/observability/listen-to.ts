import { subscribe, unsubscribe } from 'node:diagnostics_channel';

import type { ChannelMessages, ChannelName } from './channels.js';
import { callListener } from './listener-failure.js';

/**
 * Calls `listener` with each message of a channel until the result is disposed. Unlike a subscriber of Node's own, one
 * that throws does not end the process: it is reported on `oneiric:listener-failed`, and what a listener of that throws
 * is dropped.
 */
export function listenTo<C extends ChannelName>(
  name: C,
  listener: (message: ChannelMessages[C]) => unknown,
): Disposable {
  const told = (message: unknown): void => {
    if (name === 'oneiric:listener-failed') callQuietly(listener, message as ChannelMessages[C]);
    else callListener(name, listener, message as ChannelMessages[C]);
  };
  subscribe(name, told);
  return {
    [Symbol.dispose]() {
      unsubscribe(name, told);
    },
  };
}

function callQuietly<M>(listener: (message: M) => unknown, message: M): void {
  try {
    const result = listener(message);
    if (result instanceof Promise) result.catch(() => undefined);
  } catch {
    // Whom should it be told to? Telling it here again would never end.
  }
}
