import type { Candidate } from './candidate.js';
import type { Contest } from './contest.js';
import { tellFinding } from './filter-wording.js';
import type { RankRuleName } from './rank-rules.js';
import { firstDifference } from './rank.js';
import { RANK_WORDING } from './rank-wording.js';
import { SUMMARY_WORDING } from './summary-wording.js';
import { unknownNames, type UnknownName } from './unknown-names.js';

interface Won {
  readonly winner: string;
  readonly filtered: number;
  /** Where a `prefer` selection did not hold: its provider and why not. */
  readonly fallback: string | null;
}
interface WonOver extends Won {
  readonly loser: string;
  readonly rule: RankRuleName;
  readonly values: string;
}
interface Unoffered {
  readonly key: string;
  readonly provider: string;
  readonly nearest: string | null;
}

/** What a summary is made of, by the kind of its sentence. */
export type SummaryFacts =
  | ({ readonly kind: 'only' } & Won)
  | ({ readonly kind: 'decided' | 'tie' } & WonOver)
  | { readonly kind: 'nothing-registered'; readonly key: string; readonly nearest: string | null }
  | ({ readonly kind: 'provider-unknown' | 'pin-unknown' } & Unoffered)
  | { readonly kind: 'pin-filtered'; readonly provider: string; readonly told: string }
  | {
      readonly kind: 'all-filtered';
      readonly count: number;
      readonly nearestMiss: string;
      readonly told: string;
    };

/** `redis (@acme/oneiric-redis 2.1.0) wins over memory: decided at priority, 50 over 10; 1 filtered.` */
export function summarise(contest: Contest): string {
  const facts = contest.winner === null ? whyNothing(contest) : whyWinner(contest, contest.winner);
  // The words of a kind take the facts of just that kind.
  const tell = SUMMARY_WORDING[facts.kind] as (facts: SummaryFacts) => string;
  return tell(facts);
}

function whyWinner(contest: Contest, winner: Candidate): SummaryFacts {
  const { passing, rejected, rank } = contest;
  const won: Won = {
    winner: labelOf(winner),
    filtered: rejected.length,
    fallback: fallbackOf(contest, winner),
  };
  const loser = passing[1];
  const rule = loser === undefined ? undefined : firstDifference(winner, loser, rank);
  if (loser === undefined || rule === undefined) return { kind: 'only', ...won };
  return {
    kind: rule.name === 'registration' ? 'tie' : 'decided',
    ...won,
    loser: loser.provider === winner.provider ? `another ${loser.provider}` : loser.provider,
    rule: rule.name,
    values: RANK_WORDING[rule.name].tell(rule.score(winner, rank), rule.score(loser, rank)),
  };
}

function whyNothing(contest: Contest): SummaryFacts {
  const { facts, pinned, rejected, rank, passing } = contest;
  const key = `${facts.domain}/${facts.key}`;
  const unknown = unknownNames(contest);
  const named = (kind: UnknownName['kind']): UnknownName | undefined =>
    unknown.find((name) => name.kind === kind);

  const provider = named('provider');
  if (provider !== undefined)
    return { kind: 'provider-unknown', key, provider: provider.name, nearest: provider.nearest };
  const selection = named('selection');
  if (pinned && selection !== undefined) {
    return { kind: 'pin-unknown', key, provider: selection.name, nearest: selection.nearest };
  }
  const miss = rejected[0];
  if (miss === undefined) return { kind: 'nothing-registered', key, nearest: named('key')?.nearest ?? null };
  const told = tellFinding(miss.rule.finding(miss.candidate, contest));
  if (pinned && passing.length > 0) return { kind: 'pin-filtered', provider: rank.selected ?? '', told };
  return { kind: 'all-filtered', count: rejected.length, nearestMiss: miss.candidate.provider, told };
}

function fallbackOf({ rank, facts }: Contest, winner: Candidate): string | null {
  if (rank.selected === null || winner.provider === rank.selected) return null;
  const offered = facts.candidates.some(({ provider }) => provider === rank.selected);
  return `${rank.selected}, ${offered ? 'which is filtered' : 'which nobody offers'}`;
}

/** `redis (@acme/oneiric-redis 2.1.0)` */
export function labelOf({
  provider,
  source,
  version,
}: Pick<Candidate, 'provider' | 'source' | 'version'>): string {
  const details = [source.package, source.version ?? version].filter((detail) => detail !== undefined);
  return details.length === 0 ? provider : `${provider} (${details.join(' ')})`;
}
