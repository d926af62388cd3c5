import { deepFreeze } from '../foundation/deep-freeze.js';
import type { ComponentState } from './component-state.js';
import type { ComponentStatus, DependencyStatus, Standing, SwapRecord } from './component-status.js';
import type { DecisionRecord } from './decision-history.js';
import type { DurationSummary } from './durations.js';
import type { FailureLink } from './failure-chain.js';
import type { ProviderName } from './provider-name.js';

/**
 * What a running process adds to an explanation, as data that JSON carries: items 9 to 11 and 14 of it. What is absent
 * is not known: of a process itself everything is there, of its status file only what that holds.
 */
export interface RunningReport {
  /** What runs now against what would win now, and why it was not swapped. */
  readonly running: RunningStanding;
  readonly lifecycle: LifecycleFacts;
  /** What it was given, by parameter, and who serves that now. */
  readonly injected?: readonly DependencyStatus[];
  /** The running components that were given it, as `domain/key`. */
  readonly dependents?: readonly string[];
  /** Instances that were replaced or stopped and are not closed yet: who still holds an old one. */
  readonly retiring?: ComponentStatus['retiring'];
  /** The last decisions for the key, the newest first. */
  readonly history?: readonly DecisionRecord[];
}

export interface RunningStanding extends Standing {
  readonly domain: string;
  readonly key: string;
  /** `status-file`: what ran when a process wrote the file, against what wins here and now. */
  readonly source: 'process' | 'status-file';
  /** With `decided-otherwise`: who won where it runs. */
  readonly winnerThere?: ProviderName | null;
}

/** The last facts of one component's life. Durations are in milliseconds. */
export interface LifecycleFacts {
  readonly state: ComponentState;
  readonly health: ComponentStatus['health'];
  /** How long what runs has been bound. */
  readonly boundForMs?: number | null;
  /** Calls in flight on what runs. */
  readonly inFlight?: number;
  /** Calls that wait, as while it is paused. */
  readonly heldCalls?: number;
  readonly pause?: ComponentStatus['pause'];
  readonly operation?: ComponentStatus['operation'];
  /** How often another instance took the place of one. */
  readonly swaps?: number;
  readonly lastSwap?: SwapRecord | null;
  /** Whom a roll-back would return to. */
  readonly lastGood: ProviderName | null;
  /** What failed last and was not repaired since: the error and its causes, outermost first. */
  readonly failure: { readonly provider: string | null; readonly causes: readonly FailureLink[] } | null;
  /** How often that failed in a row. */
  readonly attempts: number;
  /** By phase, and of whole starts and swaps. */
  readonly durations: Readonly<Record<string, DurationSummary>>;
}

/** The report of a process about one of its components. */
export function runningReport(status: ComponentStatus, history: readonly DecisionRecord[]): RunningReport {
  const { domain, key, standing } = status;
  const { state, health, boundForMs, inFlight, heldCalls, pause, operation, swaps, lastSwap } = status;
  const { lastGood, failure, attempts, durations } = status;
  return deepFreeze({
    running: { domain, key, source: 'process' as const, ...standing },
    lifecycle: {
      state,
      health,
      boundForMs,
      inFlight,
      heldCalls,
      pause,
      operation,
      swaps,
      lastSwap,
      lastGood,
      failure,
      attempts,
      durations,
    },
    injected: status.dependencies,
    dependents: status.dependents,
    retiring: status.retiring,
    history,
  });
}
