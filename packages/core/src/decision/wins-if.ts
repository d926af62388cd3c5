import { applyChanges } from './apply-changes.js';
import type { Candidate } from './candidate.js';
import { BOUNDS, type Change, type WinsIf } from './changes.js';
import { Contest } from './contest.js';
import type { RankNumber } from './rank-rules.js';
import { compareRank } from './rank.js';

/**
 * Every single change that would make a loser win, with the smallest value within bounds.
 *
 * Where no candidate of the key requires anything or conflicts with anything, all of it follows from the ranking.
 * Otherwise a change may also change who passes the filter, so each one is tried on the changed world.
 */
export class WinsIfFinder {
  readonly #contest: Contest;
  /** Can a change of rank or the absence of one candidate change whether another passes? */
  readonly #entangled: boolean;
  #bySequence: Map<number, WinsIf[]> | undefined;

  constructor(contest: Contest) {
    this.#contest = contest;
    this.#entangled = contest.facts.candidates.some(
      ({ requires, conflictsWith }) => requires.length > 0 || conflictsWith.length > 0,
    );
  }

  /** In the order priority, stackLevel, selection, without. Empty where no single change helps. */
  of(loser: Candidate): readonly WinsIf[] {
    const found: WinsIf[] = [];
    for (const change of ['priority', 'stackLevel'] as const) {
      const to = this.#leastNumber(loser, change);
      if (to !== undefined) found.push(Object.freeze({ change, to }));
    }
    this.#bySequence ??= this.#entangled ? this.#tried() : this.#derived();
    return Object.freeze(found.concat(this.#bySequence.get(loser.sequence) ?? []));
  }

  /**
   * The smallest value of the loser's number with which it wins.
   *
   * Who passes the filter changes with that number only where the loser overtakes a candidate with which it is
   * in mutual conflict. Between two such points the ranking alone decides, and only the best rival matters.
   */
  #leastNumber(loser: Candidate, change: RankNumber): number | undefined {
    const { pinned, rank } = this.#contest;
    if (pinned && loser.provider !== rank.selected) return undefined;
    for (const { from, to } of this.#stretches(loser, change)) {
      const within = from <= loser[change] && loser[change] <= to;
      const contest = within ? this.#contest : this.#changed(numberChange(loser, change, from));
      if (!within && !contest.passing.some(({ sequence }) => sequence === loser.sequence)) continue;
      const rival = contest.passing.find(({ sequence }) => sequence !== loser.sequence);
      if (rival === undefined) return from;
      const { provider, capabilities, sequence, priority, stackLevel } = loser;
      const me = { provider, capabilities, sequence, priority, stackLevel };
      for (const value of [from, rival[change], rival[change] + 1]) {
        if (value < from || value > to) continue;
        me[change] = value;
        if (compareRank(me, rival, rank) < 0) return value;
      }
    }
    return undefined;
  }

  #stretches(loser: Candidate, change: RankNumber): { readonly from: number; readonly to: number }[] {
    const { min, max } = BOUNDS[change];
    if (loser.conflictsWith.length === 0) return [{ from: min, to: max }];
    const starts = new Set<number>([min]);
    for (const other of this.#contest.facts.candidates) {
      if (other === loser || !loser.conflictsWith.includes(other.provider)) continue;
      if (!other.conflictsWith.includes(loser.provider)) continue;
      for (const value of [other[change], other[change] + 1]) if (value <= max) starts.add(value);
    }
    const sorted = [...starts].sort((a, b) => a - b);
    return sorted.map((from, index) => ({ from, to: (sorted[index + 1] ?? max + 1) - 1 }));
  }

  #derived(): Map<number, WinsIf[]> {
    const { passing, winner, request, pinned } = this.#contest;
    const found = new Map<number, WinsIf[]>();
    const seen = new Set<string>();
    let next: Candidate | undefined;
    for (const candidate of passing) {
      if (candidate.provider !== winner?.provider) next ??= candidate;
      if (seen.has(candidate.provider)) continue;
      seen.add(candidate.provider);
      if (request.provider === null) add(found, candidate, selectionOf(candidate.provider));
    }
    if (winner !== null && next !== undefined && !pinned) add(found, next, withoutOf(winner.provider));
    return found;
  }

  #tried(): Map<number, WinsIf[]> {
    const { passing, facts, request } = this.#contest;
    const found = new Map<number, WinsIf[]>();
    if (request.provider === null) {
      for (const provider of new Set(passing.map((candidate) => candidate.provider))) {
        const { winner } = this.#changed({ change: 'selection', to: provider });
        if (winner !== null) add(found, winner, selectionOf(provider));
      }
    }
    for (const provider of new Set(facts.candidates.map((candidate) => candidate.provider))) {
      const { winner } = this.#changed({ change: 'without', provider });
      if (winner !== null) add(found, winner, withoutOf(provider));
    }
    return found;
  }

  #changed(change: Change): Contest {
    return new Contest(applyChanges(this.#contest, [change]));
  }
}

function numberChange({ provider, sequence }: Candidate, change: RankNumber, to: number): Change {
  return { change, provider, registration: sequence, to };
}

function selectionOf(to: string): WinsIf {
  return Object.freeze({ change: 'selection', to });
}

function withoutOf(provider: string): WinsIf {
  return Object.freeze({ change: 'without', providers: Object.freeze([provider] as const) });
}

function add(found: Map<number, WinsIf[]>, { sequence }: Candidate, change: WinsIf): void {
  const known = found.get(sequence);
  if (known === undefined) found.set(sequence, [change]);
  else known.push(change);
}
