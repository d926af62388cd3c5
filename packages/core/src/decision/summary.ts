import type { Candidate } from './candidate.js';
import type { Contest } from './contest.js';
import { tellFinding } from './filter-wording.js';
import { firstDifference } from './rank.js';
import { RANK_WORDING } from './rank-wording.js';
import type { WinnerFacts } from './summary-facts.js';
import { SUMMARY_WORDING } from './summary-wording.js';
import { unknownNames } from './unknown-names.js';

/** `redis (@acme/oneiric-redis 2.1.0) wins over memory: decided at priority, 50 over 10; 1 filtered.` */
export function summarise(contest: Contest): string {
  return contest.winner === null ? tellNothing(contest) : tellWinner(contest, contest.winner);
}

function tellWinner(contest: Contest, winner: Candidate): string {
  const { runnerUp: loser, rejected, rank } = contest;
  const won: WinnerFacts = {
    winner: labelOf(winner),
    filtered: rejected.length,
    fallback: fallbackOf(contest, winner),
  };
  const rule = loser === undefined ? undefined : firstDifference(winner, loser, rank);
  if (loser === undefined || rule === undefined) return SUMMARY_WORDING.only(won);
  return SUMMARY_WORDING[rule.name === 'registration' ? 'tie' : 'decided']({
    ...won,
    loser: loser.provider === winner.provider ? `another ${loser.provider}` : loser.provider,
    rule: rule.name,
    values: RANK_WORDING[rule.name].tell(rule.score(winner, rank), rule.score(loser, rank)),
  });
}

function tellNothing(contest: Contest): string {
  const { facts, pinned, rejected, rank, passing } = contest;
  const key = `${facts.domain}/${facts.key}`;
  const unknown = new Map(unknownNames(contest).map((name) => [name.kind, name]));

  const provider = unknown.get('provider');
  if (provider !== undefined) {
    return SUMMARY_WORDING['provider-unknown']({ key, provider: provider.name, nearest: provider.nearest });
  }
  const selection = pinned ? unknown.get('selection') : undefined;
  if (selection !== undefined) {
    return SUMMARY_WORDING['pin-unknown']({ key, provider: selection.name, nearest: selection.nearest });
  }
  const miss = rejected[0];
  if (miss === undefined) {
    return SUMMARY_WORDING['nothing-registered']({ key, nearest: unknown.get('key')?.nearest ?? null });
  }
  const told = tellFinding(miss.rule.finding(miss.candidate, contest));
  if (pinned && passing.length > 0) {
    return SUMMARY_WORDING['pin-filtered']({ provider: rank.selected ?? '', told });
  }
  return SUMMARY_WORDING['all-filtered']({
    count: rejected.length,
    nearestMiss: miss.candidate.provider,
    told,
  });
}

function fallbackOf({ rank, facts }: Contest, winner: Candidate): string | null {
  if (rank.selected === null || winner.provider === rank.selected) return null;
  const offered = facts.candidates.some(({ provider }) => provider === rank.selected);
  return `${rank.selected}, ${offered ? 'which is filtered' : 'which nobody offers'}`;
}

/** `redis (@acme/oneiric-redis 2.1.0)` */
function labelOf({ provider, source, version }: Pick<Candidate, 'provider' | 'source' | 'version'>): string {
  const details = [source.package, source.version ?? version].filter((detail) => detail !== undefined);
  return details.length === 0 ? provider : `${provider} (${details.join(' ')})`;
}
