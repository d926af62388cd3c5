import type { Candidate } from './candidate.js';
import type { RankContext } from './rank-rules.js';
import { compareRank } from './rank.js';

/**
 * The candidates that `candidate` yields to: those of a provider that it names in `conflictsWith` and that stand.
 * Where both name each other, the one that ranks higher does not yield.
 *
 * Every candidate is judged against the same set, the one before anybody yielded, so the order in which they
 * are judged cannot matter: a candidate yields also to one that itself yields to a third.
 */
export function rivalsOf(
  candidate: Candidate,
  others: readonly Candidate[],
  context: RankContext,
  stands: (other: Candidate) => boolean,
): readonly Candidate[] {
  return others.filter(
    (other) =>
      other !== candidate &&
      candidate.conflictsWith.includes(other.provider) &&
      !(other.conflictsWith.includes(candidate.provider) && compareRank(candidate, other, context) < 0) &&
      stands(other),
  );
}
