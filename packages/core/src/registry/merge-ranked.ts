import type { Candidate } from '../decision/candidate.js';
import { compareStanding } from '../decision/rank.js';

/**
 * A ranking with further candidates in their places. Each costs a binary search, and what stands between two of them is
 * copied as it is, so that one more on a crowded key does not rank the crowd again.
 */
export function mergeRanked(
  ranking: readonly Candidate[],
  added: readonly Candidate[],
): readonly Candidate[] {
  const merged: Candidate[] = [];
  let copied = 0;
  for (const candidate of [...added].sort(compareStanding)) {
    const place = placeOf(candidate, ranking, copied);
    for (const before of ranking.slice(copied, place)) merged.push(before);
    merged.push(candidate);
    copied = place;
  }
  return merged.concat(ranking.slice(copied));
}

/** The first index from `low` on whose candidate ranks below. */
function placeOf(candidate: Candidate, ranking: readonly Candidate[], low: number): number {
  let high = ranking.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareStanding(candidate, ranking[middle] as Candidate) < 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
