import type { ErrorFamily } from '../errors/error-details.js';

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_OBSERVABILITY_CHANNEL_UNKNOWN: {
      readonly found: string;
      readonly known: readonly string[];
      readonly nearest?: string;
    };
    ONEIRIC_OBSERVABILITY_OPTION_INVALID: {
      readonly option: string;
      readonly found: string;
      readonly expected: string;
    };
  }
}

export const OBSERVABILITY_ERRORS: ErrorFamily<'ONEIRIC_OBSERVABILITY_'> = {
  ONEIRIC_OBSERVABILITY_CHANNEL_UNKNOWN: {
    summary: 'A listener was to be added for a channel on which nothing is ever published.',
    message: (d) =>
      `There is no channel ${d.found}. ` +
      (d.nearest === undefined
        ? `Those there are: ${d.known.join(', ')}.`
        : `Did you mean "${d.nearest}"? docs/observability.md has all of them.`),
  },
  ONEIRIC_OBSERVABILITY_OPTION_INVALID: {
    summary: 'A listener, a logger or a provider of OpenTelemetry is not what it has to be.',
    message: (d) => `${d.option} is ${d.found}, expected ${d.expected}.`,
  },
};
