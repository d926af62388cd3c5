import type { ErrorCode, ErrorDetails, ErrorText } from './error-details.js';

const BRAND = Symbol.for('oneiric.error.v1');

/**
 * The one root of every error that Oneiric throws on purpose.
 *
 * `code` is stable (`ONEIRIC_<AREA>_<WHAT>`), `details` are typed by the code, `cause` is the error underneath.
 * Each failure is a fresh object with its own stack.
 */
export class OneiricError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly details: ErrorDetails[C];

  constructor(code: C, message: string, details: ErrorDetails[C], options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.details = details;
  }

  /**
   * Is `value` an error of ours, and of this code? Also true for one that another copy of the package threw. Never
   * throws, whatever `value` does when it is looked at.
   */
  static is<C extends ErrorCode = ErrorCode>(value: unknown, code?: C): value is OneiricError<C> {
    try {
      if (!(value instanceof Error) || (value as { [BRAND]?: unknown })[BRAND] !== true) return false;
      return code === undefined || (value as OneiricError).code === code;
    } catch {
      return false;
    }
  }
}

Object.defineProperty(OneiricError.prototype, BRAND, { value: true });
Object.defineProperty(OneiricError.prototype, 'name', {
  value: 'OneiricError',
  configurable: true,
  writable: true,
});

/** Makes the error of `code` with the words of its family. */
export function createError<C extends ErrorCode>(
  family: { readonly [K in C]: ErrorText<K> },
  code: C,
  details: ErrorDetails[C],
  options?: { readonly cause?: unknown },
): OneiricError<C> {
  return new OneiricError(code, family[code].message(details), details, options);
}
