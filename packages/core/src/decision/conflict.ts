import type { Candidate } from './candidate.js';
import type { RankContext } from './rank-rules.js';
import { compareRank } from './rank.js';

/** The candidates of one key by their provider, so that a conflict looks only at those that it names. */
export type ByProvider = ReadonlyMap<string, readonly Candidate[]>;

export function byProvider(candidates: readonly Candidate[]): ByProvider {
  const found = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const same = found.get(candidate.provider);
    if (same === undefined) found.set(candidate.provider, [candidate]);
    else same.push(candidate);
  }
  return found;
}

/**
 * The candidates that `candidate` yields to, best first: those of a provider that it names in `conflictsWith` and that
 * stand. Where both name each other, the one that ranks higher does not yield.
 *
 * Every candidate is judged against the same set, the one before anybody yielded, so the order in which they
 * are judged cannot matter: a candidate yields also to one that itself yields to a third.
 */
export function rivalsOf(
  candidate: Candidate,
  others: ByProvider,
  context: RankContext,
  stands: (other: Candidate) => boolean,
): readonly Candidate[] {
  return [...new Set(candidate.conflictsWith)]
    .flatMap((provider) => others.get(provider) ?? [])
    .filter(
      (other) =>
        other !== candidate &&
        !(other.conflictsWith.includes(candidate.provider) && compareRank(candidate, other, context) < 0) &&
        stands(other),
    )
    .sort((a, b) => compareRank(a, b, context));
}
