import type { Candidate } from './candidate.js';

/** The part of a candidate that the ranking looks at. */
export type Rankable = Pick<Candidate, 'provider' | 'capabilities' | RankNumber | 'sequence'>;
/** The numbers of a candidate that can be changed to make it rank otherwise. */
export type RankNumber = 'priority' | 'stackLevel';

/** What a ranking depends on beside the candidates themselves. */
export interface RankContext {
  /** The provider that the selection names, or null where there is none or the request names a provider itself. */
  readonly selected: string | null;
  /** The requested capabilities, without duplicates. */
  readonly capabilities: readonly string[];
}

export const RANK_RULE_NAMES = ['selection', 'capability', 'priority', 'stackLevel', 'registration'] as const;
export type RankRuleName = (typeof RANK_RULE_NAMES)[number];

/** One criterion of the ranking: the higher score wins. */
export interface RankRule {
  readonly name: RankRuleName;
  /** Whether the score is the candidate's own, the same in every request. */
  readonly standing: boolean;
  readonly score: (candidate: Rankable, context: RankContext) => number;
}

/**
 * The ranking: these rules are compared in this order, and the first that differs decides.
 * This array is the algorithm; the comparator, the reports and the documentation are made from it.
 */
export const RANK_RULES: readonly RankRule[] = [
  {
    name: 'selection',
    standing: false,
    score: (candidate, { selected }) => (candidate.provider === selected ? 1 : 0),
  },
  {
    name: 'capability',
    standing: false,
    score: (candidate, { capabilities }) => countOf(capabilities, candidate),
  },
  { name: 'priority', standing: true, score: (candidate) => candidate.priority },
  { name: 'stackLevel', standing: true, score: (candidate) => candidate.stackLevel },
  { name: 'registration', standing: true, score: (candidate) => candidate.sequence },
];

function countOf(capabilities: readonly string[], candidate: Rankable): number {
  let count = 0;
  for (const capability of capabilities) if (candidate.capabilities.includes(capability)) count++;
  return count;
}
