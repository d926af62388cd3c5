import type { RankRuleName } from './rank-rules.js';

/** What every sentence about a winner says. */
export interface WinnerFacts {
  readonly winner: string;
  readonly filtered: number;
  /** Where a `prefer` selection did not hold: its provider and why not. */
  readonly fallback: string | null;
}
interface WonOver extends WinnerFacts {
  readonly loser: string;
  readonly rule: RankRuleName;
  readonly values: string;
}
interface Unoffered {
  readonly key: string;
  readonly provider: string;
  readonly nearest: string | null;
}

/** What each kind of sentence is made of. */
export interface SummaryFacts {
  readonly only: WinnerFacts;
  readonly decided: WonOver;
  readonly tie: WonOver;
  readonly 'nothing-registered': { readonly key: string; readonly nearest: string | null };
  readonly 'provider-unknown': Unoffered;
  readonly 'pin-unknown': Unoffered;
  readonly 'pin-filtered': { readonly provider: string; readonly told: string };
  readonly 'all-filtered': { readonly count: number; readonly nearestMiss: string; readonly told: string };
}
