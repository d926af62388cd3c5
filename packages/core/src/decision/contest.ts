import type { Candidate } from './candidate.js';
import { rivalsOf } from './conflict.js';
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
 * One question being decided: the candidates in rank order, asked one by one whether they pass the filter.
 *
 * Everything is computed when first needed and kept. The winner is found by walking down the ranking to the
 * first that passes; the full list goes on from there, so that resolving and explaining are one path.
 */
export class Contest implements FilterContext {
  readonly facts: KeyFacts;
  readonly request: NormalRequest;
  readonly world: World;
  readonly rank: RankContext;
  #ranked: readonly Candidate[] | undefined;
  #winner: Candidate | null | undefined;
  #passing: readonly Candidate[] | undefined;
  #rejected: readonly Rejection[] | undefined;
  #standing: Standing | undefined;
  #contenders: Map<Candidate, boolean> | undefined;

  constructor({ facts, request, world }: Question) {
    this.facts = facts;
    this.request = request;
    this.world = world;
    this.rank = rankContext(facts, request);
  }

  get platform(): World['platform'] {
    return this.world.platform;
  }

  /** Every candidate, filtered or not, those that could win first. */
  get ranked(): readonly Candidate[] {
    return (this.#ranked ??= rankedCandidates(this.facts, this.request, this.rank));
  }

  /** The first in rank order that passes, unless a pin names another provider. */
  get winner(): Candidate | null {
    if (this.#winner === undefined) this.#winner = this.#findWinner();
    return this.#winner;
  }

  /** The candidates that pass the filter, in rank order. */
  get passing(): readonly Candidate[] {
    return (this.#passing ??= this.ranked.filter((candidate) => this.#rejectedBy(candidate) === undefined));
  }

  /**
   * The candidates that the filter rejects, each with the first rule that does. In rank order, except where nothing
   * won: then the nearest miss comes first. That is one of a pinned provider, else the one that the latest rule rejected.
   */
  get rejected(): readonly Rejection[] {
    return (this.#rejected ??= this.#findRejected());
  }

  /** Does a pin bind this question to one provider? */
  get pinned(): boolean {
    return this.rank.selected !== null && this.facts.selection?.policy === 'pin';
  }

  #rejectedBy(candidate: Candidate): FilterRule | undefined {
    for (const rule of FILTER_RULES) if (rule.rejects(candidate, this)) return rule;
    return undefined;
  }

  unmet(candidate: Candidate): readonly UnmetRequirement[] {
    this.#standing ??= standingOf(this.facts, this.world);
    return this.#standing.unmet(candidate);
  }

  rivals(candidate: Candidate): readonly Candidate[] {
    return rivalsOf(candidate, this.ranked, this.rank, (other) => this.#contends(other));
  }

  /** Does it pass every rule but the one on conflicts? Only such a candidate makes another one yield. */
  #contends(candidate: Candidate): boolean {
    this.#contenders ??= new Map();
    const known = this.#contenders.get(candidate);
    if (known !== undefined) return known;
    const contends = !OTHER_THAN_CONFLICT.some((rule) => rule.rejects(candidate, this));
    this.#contenders.set(candidate, contends);
    return contends;
  }

  #findWinner(): Candidate | null {
    const { pinned, rank } = this;
    for (const candidate of this.ranked) {
      if (pinned && candidate.provider !== rank.selected) return null;
      if (this.#rejectedBy(candidate) === undefined) return candidate;
    }
    return null;
  }

  #findRejected(): readonly Rejection[] {
    const { winner, rank } = this;
    const found: Rejection[] = [];
    for (const candidate of this.ranked) {
      const rule = this.#rejectedBy(candidate);
      if (rule !== undefined) found.push({ candidate, rule });
    }
    const isSelected = ({ candidate }: Rejection): number => (candidate.provider === rank.selected ? 1 : 0);
    return found.sort((a, b) => {
      const closer =
        winner === null
          ? isSelected(b) - isSelected(a) || FILTER_RULES.indexOf(b.rule) - FILTER_RULES.indexOf(a.rule)
          : 0;
      return closer || compareRank(a.candidate, b.candidate, rank);
    });
  }
}
