import type { Explanation } from '@oneiric/core';

/** What `list --json` prints: every key with its winner, its losers and what was filtered. */
export function listJson(revision: number, explanations: readonly Explanation[]): object {
  return {
    schemaVersion: 1,
    revision,
    keys: explanations.map(
      ({ request: { domain, key }, outcome, decidedBy, summary, candidates, fingerprint }) => ({
        domain,
        key,
        outcome,
        winner: candidates.find(({ state }) => state === 'active') ?? null,
        decidedBy,
        summary,
        shadowed: candidates.filter(({ state }) => state === 'shadowed'),
        filtered: candidates.filter(({ state }) => state === 'filtered'),
        fingerprint,
      }),
    ),
  };
}
