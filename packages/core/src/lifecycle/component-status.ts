import type { ComponentState } from './component-state.js';
import type { DurationSummary } from './durations.js';
import type { FailureLink } from './failure-chain.js';
import type { Operation, Phase } from './phase.js';
import type { ProviderName } from './provider-name.js';

/**
 * Why another one runs than the one that wins now. `same`: it does not. `nothing-wins`: no one does, and a decision
 * stops nothing. `swapping`: it is being done. `failed`: it was tried. `chosen`: somebody swapped or rolled back to it.
 * `decided-otherwise`: the process that wrote the status file decided otherwise than it is decided here.
 */
export const STANDING_REASONS = [
  'same',
  'not-running',
  'nothing-wins',
  'swapping',
  'paused',
  'failed',
  'failover-off',
  'follow-off',
  'chosen',
  'pending',
  'decided-otherwise',
] as const;
export type StandingReason = (typeof STANDING_REASONS)[number];

/** What runs now against what would win now. */
export interface Standing {
  readonly running: ProviderName | null;
  readonly winner: ProviderName | null;
  readonly reason: StandingReason;
}

/** `unknown`: it was not asked yet, or there is nothing to ask. */
export const COMPONENT_HEALTH = ['healthy', 'unhealthy', 'unknown'] as const;
export type ComponentHealth = (typeof COMPONENT_HEALTH)[number];

/** One component, as it is now: plain data, frozen, without secrets. */
export interface ComponentStatus {
  readonly domain: string;
  readonly key: string;
  readonly state: ComponentState;
  readonly running: ProviderName | null;
  /** How long the one that runs has been bound, in milliseconds. */
  readonly boundForMs: number | null;
  readonly standing: Standing;
  readonly health: ComponentHealth;
  /** Calls in flight on what runs. */
  readonly inFlight: number;
  /** Calls that wait until they are let through: it is paused, or its data is being carried over. */
  readonly heldCalls: number;
  /** What there is to say of its pause; null where it is not paused. */
  readonly pause: PauseFacts | null;
  /** Instances that were replaced or stopped and are not closed yet: who still holds an old one. */
  readonly retiring: readonly (ProviderName & { readonly inFlight: number })[];
  /** What is being done to it, how far that is, and with whose instance. */
  readonly operation: {
    readonly kind: Operation;
    readonly phase: Phase | null;
    readonly provider: string | null;
  } | null;
  readonly swaps: number;
  readonly lastSwap: SwapRecord | null;
  /** Whom `rollback` returns to. */
  readonly lastGood: ProviderName | null;
  /** What failed last and was not repaired since: the error and its causes, outermost first. */
  readonly failure: { readonly provider: string | null; readonly causes: readonly FailureLink[] } | null;
  /** How often that failed in a row. */
  readonly attempts: number;
  /** By phase, and of whole starts and swaps. */
  readonly durations: Readonly<Record<string, DurationSummary>>;
  /** What it was given, by parameter. */
  readonly dependencies: readonly DependencyStatus[];
  /** The running components that were given it. */
  readonly dependents: readonly string[];
}

/** Why and since when a component is paused, and what that costs who calls it. */
export interface PauseFacts {
  /** As who paused it says, without what looks like a secret. */
  readonly reason: string | null;
  /** How long it has been so. */
  readonly forMs: number;
  /** How long a call waits, at most, before it fails. */
  readonly waitMs: number;
}

/** A swap that was done. */
export interface SwapRecord {
  readonly operation: Operation;
  readonly from: ProviderName | null;
  readonly to: ProviderName | null;
  readonly durationMs: number;
  /** What failed after the new one was bound, each with its causes. */
  readonly problems: readonly (readonly FailureLink[])[];
}

export interface DependencyStatus {
  readonly parameter: string;
  readonly domain: string;
  readonly key: string;
  readonly running: string | null;
}
