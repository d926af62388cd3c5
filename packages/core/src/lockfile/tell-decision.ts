import { RANK_WORDING } from '../decision/rank-wording.js';
import { SUMMARY_WORDING } from '../decision/summary-wording.js';
import { nearestName } from '../foundation/nearest-name.js';
import type { LockedCandidate, LockedDecision } from './lockfile.js';

/** A locked decision in the one sentence that an explanation of it begins with. */
export function tellDecision(key: string, decision: LockedDecision): string {
  const winner = decision.candidates.find(({ state }) => state === 'active');
  return winner === undefined ? tellNothing(key, decision) : tellWinner(winner, decision);
}

/** `redis (@acme/oneiric-redis 2.1.0)` */
export function labelCandidate({ provider, package: name, version }: LockedCandidate): string {
  const details = [name, version].filter((detail) => detail !== undefined);
  return details.length === 0 ? provider : `${provider} (${details.join(' ')})`;
}

function tellWinner(winner: LockedCandidate, { candidates, decidedBy, selection }: LockedDecision): string {
  const won = {
    winner: labelCandidate(winner),
    filtered: candidates.filter(({ state }) => state === 'filtered').length,
    fallback:
      selection === null || selection.provider === winner.provider
        ? null
        : `${selection.provider}, ${isOffered(selection.provider, candidates) ? 'which is filtered' : 'which nobody offers'}`,
  };
  const loser = candidates.find(({ state }) => state === 'shadowed');
  if (loser === undefined || decidedBy === null) return SUMMARY_WORDING.only(won);
  const [own, other] =
    decidedBy === 'stackLevel' ? [winner.stackLevel, loser.stackLevel] : [winner.priority, loser.priority];
  return SUMMARY_WORDING[decidedBy === 'registration' ? 'tie' : 'decided']({
    ...won,
    loser: loser.provider === winner.provider ? `another ${loser.provider}` : loser.provider,
    rule: decidedBy,
    values: RANK_WORDING[decidedBy].tell(own, other),
  });
}

function tellNothing(key: string, { candidates, selection }: LockedDecision): string {
  const [first] = candidates;
  if (first === undefined) return SUMMARY_WORDING['nothing-registered']({ key, nearest: null });
  if (selection?.policy === 'pin') {
    const { provider } = selection;
    const pinned = candidates.find((candidate) => candidate.provider === provider);
    if (pinned !== undefined)
      return SUMMARY_WORDING['pin-filtered']({ provider, told: pinned.reason ?? 'is filtered' });
    const providers = candidates.map((candidate) => candidate.provider);
    return SUMMARY_WORDING['pin-unknown']({
      key,
      provider,
      nearest: nearestName(provider, providers) ?? null,
    });
  }
  return SUMMARY_WORDING['all-filtered']({
    count: candidates.length,
    nearestMiss: first.provider,
    told: first.reason ?? 'is filtered',
  });
}

function isOffered(provider: string, candidates: readonly LockedCandidate[]): boolean {
  return candidates.some((candidate) => candidate.provider === provider);
}
