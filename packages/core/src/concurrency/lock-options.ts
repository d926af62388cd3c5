import { createError } from '../errors/oneiric-error.js';
import { LONGEST_MS, systemClock, type Clock } from '../foundation/clock.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { LOCK_ERRORS } from './lock-errors.js';

/** How a lock behaves. Anything unknown or out of bounds is refused with `ONEIRIC_LOCK_OPTION_INVALID`. */
export interface LockOptions {
  /** What reports, events and errors call it. Default: `lock-<number>`. */
  readonly name?: string;
  /**
   * How long a circle of waiting has to stand before the request that closed it fails, in milliseconds, 0…2^31−1.
   * The largest of the locks in the circle counts. Default: 1000.
   */
  readonly deadlockGraceMs?: number;
  /** How many requests may wait in one queue: the lock's own, or that of one running section. Default: no limit. */
  readonly maxPending?: number;
  /** Raise `long-hold` for a section that runs longer than this, in milliseconds, 0…2^31−1. Default: never. */
  readonly longHoldMs?: number;
  /** Watch the order in which locks are taken inside each other. Default: on, unless NODE_ENV is `production`. */
  readonly detectOrder?: boolean;
  /** Reject a section that settles before its nested sections with `ONEIRIC_LOCK_ORPHANED`. Default: false. */
  readonly strict?: boolean;
  /** Where time comes from. Default: the machine's clock. */
  readonly clock?: Clock;
}

/** How one section is requested. */
export interface RunOptions {
  /** What reports, events and errors call the section. Default: `section-<number of the request>`. */
  readonly name?: string;
  /**
   * Ends the waiting: the request leaves the queue and rejects with `signal.reason`. Once the section has started
   * it has no effect on the lock; the section gets the signal and may heed it.
   */
  readonly signal?: AbortSignal;
  /** How long to wait, in milliseconds, 0…2^31−1; then `ONEIRIC_LOCK_TIMEOUT`. Bounds waiting, never holding. */
  readonly timeoutMs?: number;
  /** Decide at once: start now or reject with `ONEIRIC_LOCK_UNAVAILABLE`. */
  readonly ifAvailable?: boolean;
}

/** The options of a lock with all defaults filled in. */
export interface LockSettings {
  readonly name: string | undefined;
  readonly deadlockGraceMs: number;
  readonly maxPending: number;
  readonly longHoldMs: number | undefined;
  readonly detectOrder: boolean;
  readonly strict: boolean;
  readonly clock: Clock;
}

/** The options of one request with all defaults filled in. */
export interface RunSettings {
  readonly name: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  readonly ifAvailable: boolean;
}

const NO_OPTIONS: RunSettings = {
  name: undefined,
  signal: undefined,
  timeoutMs: undefined,
  ifAvailable: false,
};
const LOCK_OPTIONS = [
  'name',
  'deadlockGraceMs',
  'maxPending',
  'longHoldMs',
  'detectOrder',
  'strict',
  'clock',
];
const RUN_OPTIONS = ['name', 'signal', 'timeoutMs', 'ifAvailable'];

/** Checks a lock's options and fills in the defaults. @throws `ONEIRIC_LOCK_OPTION_INVALID` */
export function lockSettings(options: LockOptions = {}): LockSettings {
  assertKnown(options, LOCK_OPTIONS);
  const { name, deadlockGraceMs, maxPending, longHoldMs, detectOrder, strict, clock } = options;
  if (name !== undefined) assertName(name);
  if (deadlockGraceMs !== undefined) assertMilliseconds('deadlockGraceMs', deadlockGraceMs);
  if (longHoldMs !== undefined) assertMilliseconds('longHoldMs', longHoldMs);
  if (
    maxPending !== undefined &&
    maxPending !== Infinity &&
    !(Number.isSafeInteger(maxPending) && maxPending >= 0)
  ) {
    throw invalid('maxPending', maxPending, 'a whole number from 0, or Infinity');
  }
  if (detectOrder !== undefined) assertBoolean('detectOrder', detectOrder);
  if (strict !== undefined) assertBoolean('strict', strict);
  return {
    name,
    deadlockGraceMs: deadlockGraceMs ?? 1000,
    maxPending: maxPending ?? Infinity,
    longHoldMs,
    detectOrder: detectOrder ?? process.env['NODE_ENV'] !== 'production',
    strict: strict ?? false,
    clock: clock ?? systemClock,
  };
}

/** Checks the options of one request; the result does not change with the caller's object. @throws `ONEIRIC_LOCK_OPTION_INVALID` */
export function runSettings(options: RunOptions | undefined): RunSettings {
  if (options === undefined) return NO_OPTIONS;
  assertKnown(options, RUN_OPTIONS);
  const { name, signal, timeoutMs, ifAvailable = false } = options;
  if (name !== undefined) assertName(name);
  if (timeoutMs !== undefined) assertMilliseconds('timeoutMs', timeoutMs);
  assertBoolean('ifAvailable', ifAvailable);
  if (signal !== undefined) assertSignal(signal);
  return { name, signal, timeoutMs, ifAvailable };
}

/** Refuses what is not a function. @throws `ONEIRIC_LOCK_OPTION_INVALID` */
export function assertFunction(argument: string, value: unknown): void {
  if (typeof value !== 'function') throw invalid(argument, value, 'a function');
}

/** Refuses what is not a signal. @throws `ONEIRIC_LOCK_OPTION_INVALID` */
export function assertSignal(value: unknown): void {
  if (!isSignal(value)) throw invalid('signal', value, 'an AbortSignal');
}

/** The error for `value` given as `option`. */
export function invalid(option: string, value: unknown, expected: string, nearest?: string) {
  const details = {
    option,
    value: describeValue(value),
    expected,
    ...(nearest === undefined ? {} : { nearest }),
  };
  return createError(LOCK_ERRORS, 'ONEIRIC_LOCK_OPTION_INVALID', details);
}

function assertKnown(options: unknown, known: readonly string[]): void {
  if (typeof options !== 'object' || options === null) throw invalid('options', options, 'an object');
  for (const key in options) {
    if (known.includes(key) || !Object.hasOwn(options, key)) continue;
    throw invalid('options', options, `nothing but ${known.join(', ')}`, nearestName(key, known));
  }
}

function assertName(value: unknown): void {
  if (typeof value !== 'string' || value === '') throw invalid('name', value, 'a string that is not empty');
}

function assertMilliseconds(option: string, value: unknown): void {
  if (!(typeof value === 'number' && value >= 0 && value <= LONGEST_MS)) {
    throw invalid(option, value, `a number of milliseconds from 0 to ${LONGEST_MS}`);
  }
}

function assertBoolean(option: string, value: unknown): void {
  if (typeof value !== 'boolean') throw invalid(option, value, 'true or false');
}

function isSignal(value: unknown): value is AbortSignal {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof (value as AbortSignal).aborted === 'boolean' &&
    typeof (value as AbortSignal).addEventListener === 'function'
  );
}
