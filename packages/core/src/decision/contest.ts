import type { Candidate } from './candidate.js';
import { type ByProvider, byProvider, rivalsOf } from './conflict.js';
import { FILTER_RULES, type FilterContext, type FilterRule, type UnmetRequirement } from './filter-rules.js';
import type { KeyFacts, Question, World } from './question.js';
import type { RankContext } from './rank-rules.js';
import { compareRank, rankContext, rankedCandidates } from './rank.js';
import type { NormalRequest } from './request.js';
import { standingOf, type Standing } from './standing.js';

const OTHER_THAN_CONFLICT = FILTER_RULES.filter((rule) => rule.code !== 'CONFLICT');

/** A candidate that the filter rejects, and the first rule that does. */
export interface Rejection {
  readonly candidate: Candidate;
  readonly rule: FilterRule;
}

/**
 * One question being decided: a walk down the ranking, on which each candidate is asked whether it passes the filter.
 *
 * The walk goes as far as somebody has asked and is kept. The winner is the first that passes, the runner-up the
 * second, and the full list goes on from there: resolving and explaining are one path.
 */
export class Contest implements FilterContext {
  readonly facts: KeyFacts;
  readonly request: NormalRequest;
  readonly world: World;
  readonly rank: RankContext;
  /** Does a pin bind this question to one provider? */
  readonly pinned: boolean;
  #ranked: readonly Candidate[] | undefined;
  /** How far the walk has gone, and what it found. */
  #walked = 0;
  readonly #passing: Candidate[] = [];
  readonly #rejected: Rejection[] = [];
  #rejectedInOrder: readonly Rejection[] | undefined;
  #standing: Standing | undefined;
  #byProvider: ByProvider | undefined;
  #contenders: Map<Candidate, boolean> | undefined;

  constructor({ facts, request, world }: Question) {
    this.facts = facts;
    this.request = request;
    this.world = world;
    this.rank = rankContext(facts, request);
    this.pinned = this.rank.selected !== null && facts.selection?.policy === 'pin';
  }

  get platform(): World['platform'] {
    return this.world.platform;
  }

  /** The first in rank order that passes, unless a pin names another provider. */
  get winner(): Candidate | null {
    const first = this.#pass(0);
    return first === undefined || (this.pinned && first.provider !== this.rank.selected) ? null : first;
  }

  /** The next after the winner in rank order; undefined also where nothing won. */
  get runnerUp(): Candidate | undefined {
    return this.winner === null ? undefined : this.#pass(1);
  }

  /** All candidates that pass the filter, in rank order. */
  get passing(): readonly Candidate[] {
    this.#pass(Infinity);
    return this.#passing;
  }

  /**
   * The candidates that the filter rejects. In rank order, except where nothing won: then the nearest miss comes first.
   * That is one of a pinned provider, else the one that the latest rule rejected.
   */
  get rejected(): readonly Rejection[] {
    if (this.#rejectedInOrder === undefined) {
      this.#pass(Infinity);
      const nothingWon = this.winner === null;
      this.#rejectedInOrder = [...this.#rejected].sort(
        (a, b) =>
          (nothingWon ? this.#distance(a) - this.#distance(b) : 0) ||
          compareRank(a.candidate, b.candidate, this.rank),
      );
    }
    return this.#rejectedInOrder;
  }

  unmet(candidate: Candidate): readonly UnmetRequirement[] {
    this.#standing ??= standingOf(this.facts, this.world);
    return this.#standing.unmet(candidate);
  }

  rivals(candidate: Candidate): readonly Candidate[] {
    this.#byProvider ??= byProvider(this.facts.candidates);
    return rivalsOf(candidate, this.#byProvider, this.rank, (other) => this.#contends(other));
  }

  /** Every candidate; those that can win in rank order. */
  get #ranking(): readonly Candidate[] {
    return (this.#ranked ??= rankedCandidates(this.facts, this.request, this.rank));
  }

  /** Walks on until the passing candidate at `place` is known. */
  #pass(place: number): Candidate | undefined {
    const ranking = this.#ranking;
    while (this.#passing.length <= place && this.#walked < ranking.length) {
      const candidate = ranking[this.#walked++] as Candidate;
      const rule = FILTER_RULES.find(({ rejects }) => rejects(candidate, this));
      if (rule === undefined) this.#passing.push(candidate);
      else this.#rejected.push({ candidate, rule });
    }
    return this.#passing[place];
  }

  /** Does it pass every rule but the one on conflicts? Only such a candidate makes another one yield. */
  #contends(candidate: Candidate): boolean {
    this.#contenders ??= new Map();
    const known = this.#contenders.get(candidate);
    if (known !== undefined) return known;
    const contends = !OTHER_THAN_CONFLICT.some(({ rejects }) => rejects(candidate, this));
    this.#contenders.set(candidate, contends);
    return contends;
  }

  /** How far a rejected candidate was from winning: first those of a selected provider, then by the rule that rejected. */
  #distance({ candidate, rule }: Rejection): number {
    const after = FILTER_RULES.length - FILTER_RULES.indexOf(rule);
    return candidate.provider === this.rank.selected ? after : after + FILTER_RULES.length;
  }
}
