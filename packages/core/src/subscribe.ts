import { CHANNEL_CATALOGUE } from './channel-catalogue.js';
import { createError } from './errors/oneiric-error.js';
import { describeValue } from './foundation/describe-value.js';
import { nearestName } from './foundation/nearest-name.js';
import type { ChannelMessages, ChannelName } from './observability/channels.js';
import { listenTo } from './observability/listen-to.js';
import { OBSERVABILITY_ERRORS } from './observability/observability-errors.js';

/**
 * Calls `listener` with each message that is published on a diagnostics channel of this library, from whichever
 * registry, lifecycle or lock of the process, until the result is disposed.
 *
 * It is called synchronously, where things happen, so it should be quick and leave its work for later. What it throws
 * harms nobody: that is published on `oneiric:listener-failed`. (A subscriber of `node:diagnostics_channel` that throws
 * ends the process.) Messages are frozen, not what they refer to; they hold no secrets of a configuration.
 *
 * Messages of another copy of the package come as well: compare `registry` or `lifecycle` with your own.
 *
 * @throws `ONEIRIC_OBSERVABILITY_CHANNEL_UNKNOWN`, `ONEIRIC_OBSERVABILITY_OPTION_INVALID`
 */
export function subscribe<C extends ChannelName>(
  channel: C,
  listener: (message: ChannelMessages[C]) => void,
): Disposable {
  if (!Object.hasOwn(CHANNEL_CATALOGUE, channel)) {
    const known = Object.keys(CHANNEL_CATALOGUE);
    const nearest = typeof channel === 'string' ? nearestName(channel, known) : undefined;
    throw createError(OBSERVABILITY_ERRORS, 'ONEIRIC_OBSERVABILITY_CHANNEL_UNKNOWN', {
      found: describeValue(channel),
      known,
      ...(nearest === undefined ? {} : { nearest }),
    });
  }
  if (typeof listener !== 'function') {
    throw createError(OBSERVABILITY_ERRORS, 'ONEIRIC_OBSERVABILITY_OPTION_INVALID', {
      option: 'listener',
      found: describeValue(listener),
      expected: 'a function',
    });
  }
  return listenTo(channel, listener);
}
