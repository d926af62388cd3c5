/** For each code of observability: when it comes, and what to do. */
export const OBSERVABILITY_ADVICE: Readonly<Record<string, readonly [when: string, next: string]>> = {
  ONEIRIC_OBSERVABILITY_CHANNEL_UNKNOWN: [
    '`subscribe` was called with the name of a channel on which nothing is ever published: the listener would have waited for ever.',
    'Take a name from `docs/observability.md`, or from `CHANNEL_CATALOGUE`. In TypeScript the compiler knows them.',
  ],
  ONEIRIC_OBSERVABILITY_OPTION_INVALID: [
    'A listener is no function, a logger has not the methods `debug`, `info`, `warn` and `error`, or the sources of `logTo` are not a registry and a lifecycle. Nothing was subscribed.',
    'Pass a logger of pino, `console`, or an object with these four methods, each of which takes `(data, message)`.',
  ],
};
