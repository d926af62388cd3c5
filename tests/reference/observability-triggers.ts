import { logTo, subscribe } from '@oneiric/core';
import type { Trigger } from './trigger.js';

/** One way to each error of observability. */
export const OBSERVABILITY_TRIGGERS: Readonly<Record<string, Trigger>> = {
  ONEIRIC_OBSERVABILITY_CHANNEL_UNKNOWN: () =>
    subscribe('oneiric:lifecycle:swaped' as never, () => undefined),
  ONEIRIC_OBSERVABILITY_OPTION_INVALID: () => logTo({ log: () => undefined } as never),
};
