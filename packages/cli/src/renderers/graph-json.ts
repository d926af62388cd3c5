import type { Candidate, DependencyGraph } from '@oneiric/core';

/** What `graph --json` prints; `schemas/graph.schema.json` describes it. */
export function graphJson(revision: number, graph: DependencyGraph): object {
  return {
    schemaVersion: 1,
    revision,
    keys: Array.from(graph.explanations.values(), (explanation) => {
      const { request, outcome, winner, summary, decidedBy, fingerprint } = explanation;
      const { domain, key } = request;
      return { domain, key, outcome, winner: winnerForm(winner), decidedBy, summary, fingerprint };
    }),
    edges: graph.edges,
    cycles: graph.cycles,
    missing: graph.missing,
  };
}

/** As in the JSON form of an explanation. */
function winnerForm(winner: Candidate | null): object | null {
  if (winner === null) return null;
  const { provider, version } = winner;
  return version === undefined ? { provider } : { provider, version };
}
