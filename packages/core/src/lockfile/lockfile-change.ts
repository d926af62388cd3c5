import type { FilterCode } from '../decision/finding.js';
import type { RankRuleName } from '../decision/rank-rules.js';

interface Changed<T> {
  readonly from: T;
  readonly to: T;
}

interface OfCandidate {
  readonly provider: string;
}

/**
 * One thing that differs in a decision. `winner` and `winner-source` mean that something else runs; where the whole
 * key or environment came or went, that is the only change.
 */
export type LockfileChange =
  | ({ readonly kind: 'winner' } & Changed<string | null>)
  /** A provider of the same name from another package or source. */
  | ({ readonly kind: 'winner-source' } & OfCandidate & Changed<string>)
  | { readonly kind: 'key-appeared' }
  | { readonly kind: 'key-vanished' }
  | { readonly kind: 'environment-appeared' }
  | { readonly kind: 'environment-vanished' }
  | ({ readonly kind: 'rule' } & Changed<RankRuleName | null>)
  | ({ readonly kind: 'selection' } & Changed<string | null>)
  | ({ readonly kind: 'candidate-appeared'; readonly label: string } & OfCandidate)
  | ({ readonly kind: 'candidate-vanished'; readonly label: string } & OfCandidate)
  /** Null: it passes the filter. */
  | ({ readonly kind: 'filter'; readonly reason?: string } & OfCandidate & Changed<FilterCode | null>)
  | ({ readonly kind: 'source' } & OfCandidate & Changed<string>)
  | ({ readonly kind: 'version' } & OfCandidate & Changed<string | null>)
  | ({ readonly kind: 'factory' } & OfCandidate & Changed<string | null>)
  | ({ readonly kind: 'priority' } & OfCandidate & Changed<number>)
  | ({ readonly kind: 'stackLevel' } & OfCandidate & Changed<number>)
  /** Only the fingerprint differs: a requirement, a platform or a conflict that decided nothing. */
  | { readonly kind: 'inputs' };

/** One side of a difference. */
export interface DecisionSide {
  readonly winner: string | null;
  /** The decision in one sentence. */
  readonly summary: string;
}

/** What differs in one key, or the coming and going of one environment. */
export interface LockfileDifference {
  /** Null: decided without an environment. */
  readonly environment: string | null;
  /** In full, `adapter/cache`; null where the whole environment came or went. */
  readonly key: string | null;
  /** `winner`: something else runs than what was locked. */
  readonly severity: 'winner' | 'other';
  /** Never empty; the gravest first. */
  readonly changes: readonly LockfileChange[];
  readonly before: DecisionSide | null;
  readonly after: DecisionSide | null;
  /** How the old winner can win again; null where the winner is the same. */
  readonly restore: Restoration | null;
}

/** `pin`: select it. `override`: a variable or flag selects another. `filtered`, `absent`: it is no longer eligible. */
export type Restoration =
  | { readonly kind: 'pin'; readonly provider: string }
  | { readonly kind: 'override'; readonly provider: string; readonly setBy: string }
  | { readonly kind: 'filtered'; readonly provider: string; readonly reason: string }
  | { readonly kind: 'absent'; readonly provider: string };
