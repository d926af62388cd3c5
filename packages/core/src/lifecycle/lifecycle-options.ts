import type { Candidate, Factory } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import { LONGEST_MS, systemClock, type Clock } from '../foundation/clock.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';

/** How long each phase may take, in milliseconds, 0…2^31−1. */
export interface LifecycleTimeouts {
  /** To load, give settings to and build one instance. Default: 30,000. */
  readonly activationMs: number;
  /** For one health check. Default: 5,000. */
  readonly healthMs: number;
  /** For the calls in flight to end and the data to be carried over. Default: 30,000. */
  readonly handoverMs: number;
  /** For the calls in flight on an instance that was replaced or stopped. Default: 30,000. */
  readonly drainMs: number;
  /** For one instance to close. Default: 10,000. */
  readonly cleanupMs: number;
  /** For one hook. Default: 5,000. */
  readonly hookMs: number;
  /** How long a call through a live handle waits while calls are held. Default: 30,000. */
  readonly waitMs: number;
}

/** When probes change what is thought of an instance. */
export interface ProbeOptions {
  /** Milliseconds between two probes of everything that runs. Default: none are made unless asked for. */
  readonly intervalMs?: number;
  /** So many failures in a row make it unhealthy, from 1. Default: 3. */
  readonly fall?: number;
  /** So many successes in a row make it healthy again, from 1. Default: 2. */
  readonly rise?: number;
}

/** What a hook is told. */
export interface SwapHookContext {
  readonly domain: string;
  readonly key: string;
  readonly from: Candidate;
  readonly to: Candidate;
  readonly signal: AbortSignal;
}

export type SwapHook = (context: SwapHookContext) => void | Promise<void>;

/** How components are run. Anything unknown or out of bounds is refused with `ONEIRIC_LIFECYCLE_OPTION_INVALID`. */
export interface LifecycleOptions {
  /** Gives the settings of a candidate to its factory, secrets included. Default: none, `{}`. */
  readonly settings?: (candidate: Candidate, options: { readonly signal: AbortSignal }) => unknown;
  /**
   * Loads a factory that a candidate only refers to, as `package/path#export` or `./file.js#export`:
   * `referenceFactories(new ReferenceLoader({ projectDir }))`, which `createOneiric` gives by itself. Default: such a
   * candidate cannot start.
   */
  readonly loadFactory?: (
    reference: string,
    candidate: Candidate,
    options: { readonly signal: AbortSignal },
  ) => Factory | Promise<Factory>;
  /** Swap what runs when the decision changes. Default: true. */
  readonly follow?: boolean;
  /**
   * Let the next-ranked candidate run in the place of one that is unhealthy or cannot be built, where no selection pins
   * the provider; and return when it is well again. Default: false.
   */
  readonly failover?: boolean;
  /** How many components are built at a time, from 1. Default: 8. */
  readonly concurrency?: number;
  readonly timeouts?: Partial<LifecycleTimeouts>;
  readonly probe?: ProbeOptions;
  /**
   * Called when one instance takes the place of another, not when the first is started. `preSwap` can still refuse; what
   * `postSwap` throws is only reported.
   */
  readonly hooks?: { readonly preSwap?: SwapHook; readonly postSwap?: SwapHook };
  /** A file that the status is written to after every change, and that the last good providers are read from. */
  readonly statusFile?: string;
  /** Where time comes from. Default: the machine's clock. */
  readonly clock?: Clock;
}

/** The options with all defaults filled in. */
export interface LifecycleSettings {
  readonly settings: NonNullable<LifecycleOptions['settings']>;
  readonly loadFactory: LifecycleOptions['loadFactory'];
  readonly follow: boolean;
  readonly failover: boolean;
  readonly concurrency: number;
  readonly timeouts: LifecycleTimeouts;
  readonly probe: { readonly intervalMs: number | undefined; readonly fall: number; readonly rise: number };
  readonly hooks: NonNullable<LifecycleOptions['hooks']>;
  readonly statusFile: string | undefined;
  readonly clock: Clock;
}

const DEFAULT_TIMEOUTS: LifecycleTimeouts = {
  activationMs: 30_000,
  healthMs: 5000,
  handoverMs: 30_000,
  drainMs: 30_000,
  cleanupMs: 10_000,
  hookMs: 5000,
  waitMs: 30_000,
};

const NAMES = {
  options: [
    'settings',
    'loadFactory',
    'follow',
    'failover',
    'concurrency',
    'timeouts',
    'probe',
    'hooks',
    'statusFile',
    'clock',
  ],
  timeouts: Object.keys(DEFAULT_TIMEOUTS),
  probe: ['intervalMs', 'fall', 'rise'],
  hooks: ['preSwap', 'postSwap'],
} as const;

const NO_SETTINGS = Object.freeze({});

/** Checks the options and fills in the defaults. @throws `ONEIRIC_LIFECYCLE_OPTION_INVALID` */
export function lifecycleSettings(options: LifecycleOptions = {}): LifecycleSettings {
  assertKnown('options', options, NAMES.options);
  const { settings, loadFactory, follow = true, failover = false, concurrency = 8 } = options;
  const { timeouts = {}, probe = {}, hooks = {}, statusFile, clock = systemClock } = options;
  assertKnown('timeouts', timeouts, NAMES.timeouts);
  assertKnown('probe', probe, NAMES.probe);
  assertKnown('hooks', hooks, NAMES.hooks);
  for (const [name, value] of Object.entries({ settings, loadFactory, ...hooks })) {
    if (value !== undefined && typeof value !== 'function') throw invalid(name, value, 'a function');
  }
  for (const [name, value] of Object.entries({ follow, failover })) {
    if (typeof value !== 'boolean') throw invalid(name, value, 'true or false');
  }
  if (probe.intervalMs === 0) throw invalid('probe.intervalMs', 0, 'more than 0 milliseconds');
  for (const [name, value] of Object.entries({ ...timeouts, 'probe.intervalMs': probe.intervalMs })) {
    if (value !== undefined) assertMilliseconds(name, value);
  }
  const { fall = 3, rise = 2 } = probe;
  for (const [name, value] of Object.entries({ concurrency, 'probe.fall': fall, 'probe.rise': rise })) {
    if (!(Number.isSafeInteger(value) && value >= 1)) throw invalid(name, value, 'a whole number from 1');
  }
  for (const name of ['now', 'after'] as const) {
    const clocked = clock as Partial<Clock> | null;
    if (typeof clocked?.[name] !== 'function') throw invalid('clock', clock, `an object with ${name}()`);
  }
  if (statusFile !== undefined && (typeof statusFile !== 'string' || statusFile === '')) {
    throw invalid('statusFile', statusFile, 'the path of a file');
  }
  return {
    settings: settings ?? (() => NO_SETTINGS),
    loadFactory,
    follow,
    failover,
    concurrency,
    timeouts: { ...DEFAULT_TIMEOUTS, ...defined(timeouts) },
    probe: { intervalMs: probe.intervalMs, fall, rise },
    hooks,
    statusFile,
    clock,
  };
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function assertKnown(option: string, value: unknown, known: readonly string[]): void {
  if (typeof value !== 'object' || value === null) throw invalid(option, value, 'an object');
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue;
    throw invalid(option, value, `nothing but ${known.join(', ')}`, nearestName(name, known));
  }
}

function assertMilliseconds(option: string, value: unknown): void {
  if (!(typeof value === 'number' && value >= 0 && value <= LONGEST_MS)) {
    throw invalid(option, value, `a number of milliseconds from 0 to ${String(LONGEST_MS)}`);
  }
}

function invalid(option: string, value: unknown, expected: string, nearest?: string): Error {
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_OPTION_INVALID', {
    option,
    found: describeValue(value),
    expected,
    ...(nearest === undefined ? {} : { nearest }),
  });
}
