import type { ErrorFamily } from '../errors/error-details.js';

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_REFERENCE_REFUSED: {
      /** The reference as far as it can be shown: control characters escaped, at most about 80 characters. */
      readonly reference: string;
      /** Which rule refused it: `builtin`, `scheme`, `escape`, … */
      readonly rule: string;
      readonly found: string;
      readonly expected: string;
    };
  }
}

/** The words of everything that a factory reference is refused for. */
export const REFERENCE_ERRORS: ErrorFamily<'ONEIRIC_REFERENCE_'> = {
  ONEIRIC_REFERENCE_REFUSED: {
    summary: 'A factory reference names something that must not be loaded, or cannot be read as a reference.',
    message: (d) =>
      `The factory reference ${d.reference} is refused: ${d.found}. ` +
      `Expected ${d.expected}, as in "@acme/oneiric-redis/cache#createCache" or "./src/cache.js#createCache".`,
  },
};

export type ReferenceErrorCode = keyof typeof REFERENCE_ERRORS;
