import type { Explanation } from '@oneiric/core';

/** What `resolve --json` prints: the winner's entry of the explanation, and what it answers. */
export function winnerJson(explanation: Explanation): object {
  const { schemaVersion, request, revision, outcome, summary, decidedBy, candidates, fingerprint } =
    explanation;
  const winner = candidates.find(({ state }) => state === 'active') ?? null;
  return { schemaVersion, request, revision, outcome, summary, decidedBy, winner, fingerprint };
}
