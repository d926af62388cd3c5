import type { Candidate } from './candidate.js';
import { RANK_RULES, type Rankable, type RankContext, type RankRule } from './rank-rules.js';
import type { KeyFacts } from './question.js';
import type { NormalRequest } from './request.js';

const STANDING_RULES = RANK_RULES.filter((rule) => rule.standing);
const NO_CONTEXT: RankContext = Object.freeze({ selected: null, capabilities: Object.freeze([]) });

/** What the ranking of `facts` depends on in this request. */
export function rankContext(facts: KeyFacts, request: NormalRequest): RankContext {
  const selected = request.provider === null ? (facts.selection?.provider ?? null) : null;
  if (selected === null && request.capabilities.length === 0) return NO_CONTEXT;
  return { selected, capabilities: request.capabilities };
}

/** The first rule on which two candidates differ; undefined only for one and the same registration. */
export function firstDifference(a: Rankable, b: Rankable, context: RankContext): RankRule | undefined {
  return RANK_RULES.find((rule) => rule.score(a, context) !== rule.score(b, context));
}

/** Best first: negative where `a` ranks above `b` in this context. A total order over distinct registrations. */
export function compareRank(a: Rankable, b: Rankable, context: RankContext): number {
  return compareBy(RANK_RULES, a, b, context);
}

/**
 * Best first by what does not depend on a request: priority, stack level, registration.
 * The order in which `KeyFacts.candidates` is kept; `compareRank` is this one with the request's rules before it.
 */
export function compareStanding(a: Rankable, b: Rankable): number {
  return compareBy(STANDING_RULES, a, b, NO_CONTEXT);
}

function compareBy(rules: readonly RankRule[], a: Rankable, b: Rankable, context: RankContext): number {
  for (const rule of rules) {
    const difference = rule.score(b, context) - rule.score(a, context);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The candidates in rank order. Those of a question that nothing reorders are returned as they are. */
export function rankedCandidates(
  facts: KeyFacts,
  request: NormalRequest,
  context: RankContext,
): readonly Candidate[] {
  const { candidates } = facts;
  if (!request.requireAll && context.capabilities.length > 0) {
    return [...candidates].sort((a, b) => compareRank(a, b, context));
  }
  if (context.selected === null) return candidates;
  const selected = candidates.filter((candidate) => candidate.provider === context.selected);
  if (selected.length === 0) return candidates;
  return [...selected, ...candidates.filter((candidate) => candidate.provider !== context.selected)];
}
