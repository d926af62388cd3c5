import { deepFreeze } from '../foundation/deep-freeze.js';
import type { Candidate, CandidateOrigins, CandidateSource } from './candidate.js';
import type { WinsIf } from './changes.js';
import type { Contest, Rejection } from './contest.js';
import type { FilterFinding } from './finding.js';
import { RANK_RULES, type RankRuleName } from './rank-rules.js';
import { firstDifference } from './rank.js';
import { reportSource } from './source-report.js';
import { WinsIfFinder } from './wins-if.js';

/** A candidate's score under every rule; `registration` is its sequence number. */
export type RankReport = Readonly<Record<RankRuleName, number>>;

/** What a report says about every candidate, whatever became of it. */
interface OfferReport {
  readonly rank: RankReport;
  readonly version?: string;
  readonly capabilities: readonly string[];
  readonly source: CandidateSource;
  readonly origins: CandidateOrigins;
}

/** The winner. */
export interface ActiveReport extends OfferReport {
  readonly provider: string;
  readonly state: 'active';
}

/** A loser: it passes the filter, and somebody ranks higher, or a pin names somebody else. */
export interface ShadowedReport extends OfferReport {
  readonly provider: string;
  readonly state: 'shadowed';
  /** Who won, or null where nothing did because of a pin. */
  readonly lostTo: string | null;
  /** The first rule on which the two differ. */
  readonly lostAt: RankRuleName;
  readonly values: { readonly own: number; /** Null where nothing won. */ readonly winner: number | null };
  /** Every single change that alone would make it win; computed when first read. */
  readonly winsIf: readonly WinsIf[];
}

/** Not eligible: the first rule that rejected it, what the rule expected and what it found. */
export type FilteredReport = OfferReport & {
  readonly provider: string;
  readonly state: 'filtered';
} & FilterFinding;

export type CandidateReport = ActiveReport | ShadowedReport | FilteredReport;

/**
 * Every candidate in exactly one state: the winner, the losers in rank order, the filtered ones last
 * (in the order of `Contest.rejected`).
 */
export function reportCandidates(contest: Contest): readonly CandidateReport[] {
  const { winner, passing } = contest;
  const finder = new WinsIfFinder(contest);
  const reports: CandidateReport[] = passing.map((candidate) =>
    candidate === winner ? active(candidate, contest) : shadowed(candidate, contest, finder),
  );
  for (const rejection of contest.rejected) reports.push(filtered(rejection, contest));
  return Object.freeze(reports);
}

function active(candidate: Candidate, contest: Contest): ActiveReport {
  return Object.freeze({ provider: candidate.provider, state: 'active', ...offer(candidate, contest) });
}

function shadowed(candidate: Candidate, contest: Contest, finder: WinsIfFinder): ShadowedReport {
  const { winner, rank } = contest;
  const rule = winner === null ? RANK_RULES[0] : firstDifference(candidate, winner, rank);
  if (rule === undefined) throw new TypeError(`Two candidates share the registration ${candidate.sequence}.`);
  let winsIf: readonly WinsIf[] | undefined;
  return Object.freeze({
    provider: candidate.provider,
    state: 'shadowed',
    lostTo: winner?.provider ?? null,
    lostAt: rule.name,
    values: Object.freeze({
      own: rule.score(candidate, rank),
      winner: winner === null ? null : rule.score(winner, rank),
    }),
    get winsIf() {
      return (winsIf ??= finder.of(candidate));
    },
    ...offer(candidate, contest),
  });
}

function filtered({ candidate, rule }: Rejection, contest: Contest): FilteredReport {
  const finding = deepFreeze(rule.finding(candidate, contest));
  return Object.freeze({
    provider: candidate.provider,
    state: 'filtered',
    ...finding,
    ...offer(candidate, contest),
  });
}

function offer(candidate: Candidate, contest: Contest): OfferReport {
  const { version, capabilities, source, origins } = candidate;
  return {
    rank: rankOf(candidate, contest),
    ...(version === undefined ? {} : { version }),
    capabilities,
    source: reportSource(source),
    origins,
  };
}

function rankOf(candidate: Candidate, { rank }: Contest): RankReport {
  const scores: Partial<Record<RankRuleName, number>> = {};
  for (const { name, score } of RANK_RULES) scores[name] = score(candidate, rank);
  return Object.freeze(scores as RankReport);
}
