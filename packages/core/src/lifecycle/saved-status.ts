import type { ComponentState } from './component-state.js';
import type { ComponentHealth, StandingReason } from './component-status.js';
import type { DurationSummary } from './durations.js';
import type { FailureLink } from './failure-chain.js';

/** The newest form that this version reads, and the one that it writes. */
export const STATUS_VERSION = 1;

/** What a status file says: the state of every component of one process when it was written. */
export interface StatusFile {
  readonly schemaVersion: typeof STATUS_VERSION;
  /** ISO 8601, in UTC. */
  readonly savedAt: string;
  readonly components: readonly SavedComponent[];
}

export interface SavedComponent {
  readonly domain: string;
  readonly key: string;
  readonly state: ComponentState;
  readonly health: ComponentHealth;
  /** What ran; null where nothing did. */
  readonly running: SavedProvider | null;
  /** What won there, and why that was not what ran. */
  readonly standing: { readonly winner: SavedProvider | null; readonly reason: StandingReason };
  /** Whom a roll-back would return to. */
  readonly lastGood: SavedProvider | null;
  /** What failed last and was not repaired since, outermost error first; empty where nothing is wrong. */
  readonly failure: readonly FailureLink[];
  /** How often that failed in a row. */
  readonly attempts: number;
  /** By the name of what took so long. */
  readonly durations: Readonly<Record<string, DurationSummary>>;
  /** What it was given, by parameter. */
  readonly dependencies: readonly SavedDependency[];
}

export interface SavedDependency {
  readonly parameter: string;
  readonly domain: string;
  readonly key: string;
}

export interface SavedProvider {
  readonly provider: string;
  readonly version: string | null;
}
