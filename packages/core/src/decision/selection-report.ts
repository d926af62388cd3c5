import type { Contest } from './contest.js';
import type { Selection } from './selection.js';
import type { ValueOrigin } from './value-origin.js';

/** What became of the provider that configuration names for this key. */
export interface SelectionReport {
  readonly provider: string;
  readonly policy: Selection['policy'];
  /**
   * `matched`: a candidate of it won. `filtered`: it is offered, but nothing of it is eligible. `unknown`: nobody
   * offers it. `not-bound`: the request names a provider itself, so the selection does not count.
   */
  readonly state: 'matched' | 'filtered' | 'unknown' | 'not-bound';
  readonly origin: ValueOrigin;
}

export function reportSelection({ facts, request, winner }: Contest): SelectionReport | null {
  const { selection, candidates } = facts;
  if (selection === undefined) return null;
  const { provider, policy, origin } = selection;
  const state = (): SelectionReport['state'] => {
    if (request.provider !== null) return 'not-bound';
    if (winner?.provider === provider) return 'matched';
    return candidates.some((candidate) => candidate.provider === provider) ? 'filtered' : 'unknown';
  };
  return Object.freeze({ provider, policy, state: state(), origin });
}
