import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { OBSERVABILITY_ERRORS } from '../observability/observability-errors.js';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What is logged to: a logger of pino, or anything with these four methods, such as `console`. */
export type Logger = {
  readonly [L in LogLevel]: (data: object, message: string) => void;
};

/** @throws `ONEIRIC_OBSERVABILITY_OPTION_INVALID` */
export function assertLogger(logger: unknown): asserts logger is Logger {
  if (isLogger(logger)) return;
  throw createError(OBSERVABILITY_ERRORS, 'ONEIRIC_OBSERVABILITY_OPTION_INVALID', {
    option: 'logger',
    found: describeValue(logger),
    expected: `an object with the methods ${LOG_LEVELS.join(', ')}`,
  });
}

export function isLogger(logger: unknown): logger is Logger {
  if (typeof logger !== 'object' || logger === null) return false;
  return LOG_LEVELS.every((level) => typeof (logger as Partial<Logger>)[level] === 'function');
}
