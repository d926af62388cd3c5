import type { Candidate } from '../decision/candidate.js';
import type { ProviderName } from './provider-name.js';
import type { SwapReport } from './swap-report.js';
import { Durations, type DurationSummary } from './durations.js';
import { type Operation, type Phase, PHASES } from './phase.js';

/** A provider that served well until another took its place. */
export type GoodProvider = ProviderName;

/** What was last thought of the health of what runs. */
export interface HealthFacts {
  /** `unknown` where there is nothing to ask. */
  readonly state: 'healthy' | 'unhealthy' | 'unknown';
  /** Answers of the same kind in a row. */
  readonly inARow: number;
}

/** What failed last, and is not yet repaired by something that went well. */
export interface FailureFacts {
  readonly error: unknown;
  readonly provider: string | null;
  /** How often in a row, of the same provider. */
  readonly attempts: number;
}

const UNKNOWN: HealthFacts = { state: 'unknown', inARow: 0 };
const WELL: HealthFacts = { state: 'healthy', inARow: 0 };
const MOST_GOOD = 16;

/** What has happened to one key: durations, failures, health, and who served well before. */
export class SlotFacts {
  health: HealthFacts = UNKNOWN;
  failure: FailureFacts | undefined;
  swaps = 0;
  /** The last one that was done to the end, and what asked for it. */
  lastSwap: { readonly operation: Operation; readonly report: SwapReport } | undefined;
  /** Monotonic, of the last binding. */
  boundAt: number | undefined;
  /** What bound it. */
  boundBy: Operation | undefined;
  readonly swapDurations = new Durations();
  readonly activationDurations = new Durations();
  /** Candidates that this lifecycle marked as unhealthy, by their place in the order of registrations. */
  readonly benched = new Map<number, BenchedCandidate>();
  readonly #phases = new Map<Phase, Durations>();
  readonly #good: GoodProvider[] = [];

  addPhase(phase: Phase, ms: number): void {
    let durations = this.#phases.get(phase);
    if (durations === undefined) this.#phases.set(phase, (durations = new Durations()));
    durations.add(ms);
  }

  phases(): Readonly<Partial<Record<Phase, DurationSummary>>> {
    const summaries: Partial<Record<Phase, DurationSummary>> = {};
    for (const phase of PHASES) {
      const summary = this.#phases.get(phase)?.summary();
      if (summary !== undefined) summaries[phase] = summary;
    }
    return summaries;
  }

  /** Another one was bound, which is no failure; it said that it is well, if there was anything to ask. */
  begin(now: number, by: Operation, wasAsked: boolean): void {
    this.health = wasAsked ? WELL : UNKNOWN;
    this.failure = undefined;
    this.boundAt = now;
    this.boundBy = by;
  }

  fail(error: unknown, provider: string | null): void {
    const before = this.failure?.provider === provider ? this.failure.attempts : 0;
    this.failure = { error, provider, attempts: before + 1 };
  }

  /** Counts an answer; true where it is the `after`-th in a row that says another thing than was thought. */
  addHealth(isHealthy: boolean, after: { readonly fall: number; readonly rise: number }): boolean {
    const { state, inARow } = this.health;
    const wanted = isHealthy ? 'healthy' : 'unhealthy';
    if (state === wanted || (state === 'unknown' && isHealthy)) {
      this.health = { state: wanted, inARow: 0 };
      return false;
    }
    const count = inARow + 1;
    const isTurned = count >= (isHealthy ? after.rise : after.fall);
    this.health = isTurned ? { state: wanted, inARow: 0 } : { state, inARow: count };
    return isTurned;
  }

  /** What a process before this one has left: whom it could have returned to, and what it ran itself. */
  restore(left: { readonly running: GoodProvider | null; readonly lastGood: GoodProvider | null }): void {
    const known = [left.lastGood, left.running].filter((good) => good !== null);
    this.#good.unshift(...known);
  }

  get lastGood(): GoodProvider | undefined {
    return this.#good.at(-1);
  }

  /**
   * Whom one can return to from what runs now, whose provider may be among the good ones itself: of that, an earlier
   * version is no more, or something better has taken its place.
   */
  lastGoodBut(running: ProviderName | null): GoodProvider | undefined {
    return this.#good.findLast(({ provider }) => provider !== running?.provider);
  }

  rememberGood(good: GoodProvider): void {
    this.#good.push(good);
    if (this.#good.length > MOST_GOOD) this.#good.shift();
  }

  forgetLastGood(): void {
    this.#good.pop();
  }
}

/** An unhealthy candidate, and how often in a row a trial of it went well since. */
export interface BenchedCandidate {
  readonly candidate: Candidate;
  readonly successes: number;
}
