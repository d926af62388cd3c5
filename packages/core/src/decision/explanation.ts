import { deepFreeze } from '../foundation/deep-freeze.js';
import type { Candidate } from './candidate.js';
import { reportCandidates, type CandidateReport } from './candidate-report.js';
import type { Change } from './changes.js';
import type { Contest } from './contest.js';
import { FILTER_CODES, type FilterCode } from './finding.js';
import { fingerprintOf } from './fingerprint.js';
import type { Question } from './question.js';
import { RANK_RULE_NAMES, type RankRuleName } from './rank-rules.js';
import { firstDifference } from './rank.js';
import { reportSelection, type SelectionReport } from './selection-report.js';
import { summarise } from './summary.js';
import { unknownNames, type UnknownName } from './unknown-names.js';

/** `tie`: there is a winner, and only the order of registrations made it one. */
export type Outcome = 'resolved' | 'tie' | 'none';

/** The question as it was put, with every default filled in. */
export interface RequestReport {
  readonly domain: string;
  readonly key: string;
  readonly provider: string | null;
  readonly capabilities: readonly string[];
  readonly requireAll: boolean;
}

/** The rules in the order in which they are asked; `decidedBy` says which one decided. */
export interface RuleReport {
  readonly filter: readonly FilterCode[];
  readonly rank: readonly RankRuleName[];
}

/** What the decision is without the changes of a *what if*. */
export interface Baseline<W = Candidate> {
  readonly winner: W | null;
  readonly fingerprint: string;
}

/** How a winner stands in the JSON form; more about it is in its entry among the candidates. */
export interface WinnerReport {
  readonly provider: string;
  readonly version?: string;
}

/** The JSON form of an explanation: what `JSON.stringify` gives and `schemas/explanation.schema.json` describes. */
export interface ExplanationJson {
  readonly schemaVersion: 1;
  readonly request: RequestReport;
  readonly revision: number;
  readonly outcome: Outcome;
  readonly summary: string;
  readonly winner: WinnerReport | null;
  readonly decidedBy: RankRuleName | null;
  readonly selection: SelectionReport | null;
  readonly rules: RuleReport;
  readonly unknown: readonly UnknownName[];
  readonly candidates: readonly CandidateReport[];
  readonly fingerprint: string;
  /** Only in the answer to a *what if*. */
  readonly hypothetical?: readonly Change[];
  readonly baseline?: Baseline<WinnerReport>;
}

const RULES: RuleReport = deepFreeze({ filter: [...FILTER_CODES], rank: [...RANK_RULE_NAMES] });

/**
 * Which candidate wins a question, why, why not the others, and what would change it.
 *
 * Immutable to the outside, deterministic, and lazy: `winner` costs a walk down the ranking to the first candidate
 * that passes the filter; everything else is computed when first read, and kept. Its properties are those of the JSON
 * form, except that `winner` is the candidate itself.
 */
export class Explanation {
  /** Rises with a breaking change of the JSON form. */
  readonly schemaVersion = 1;
  /** The revision of the registry in which this was first computed. It does not rise while the answer stays the same. */
  readonly revision: number;
  readonly hypothetical?: readonly Change[];
  readonly baseline?: Baseline;
  readonly #contest: Contest;
  #decidedBy: RankRuleName | null | undefined;
  #summary: string | undefined;
  #unknown: readonly UnknownName[] | undefined;
  #candidates: readonly CandidateReport[] | undefined;
  #fingerprint: string | undefined;

  /** @internal Made by `decide` and `whatIf`. */
  constructor(
    contest: Contest,
    hypothesis?: { readonly changes: readonly Change[]; readonly baseline: Baseline },
  ) {
    this.#contest = contest;
    this.revision = contest.world.revision;
    if (hypothesis !== undefined) {
      this.hypothetical = hypothesis.changes;
      this.baseline = hypothesis.baseline;
    }
  }

  /** What was decided; a *what if* asks it again in a changed world. */
  get question(): Question {
    return this.#contest;
  }

  get request(): RequestReport {
    const { facts, request } = this.#contest;
    const { provider, capabilities, requireAll } = request;
    return Object.freeze({ domain: facts.domain, key: facts.key, provider, capabilities, requireAll });
  }

  get outcome(): Outcome {
    if (this.winner === null) return 'none';
    return this.decidedBy === 'registration' ? 'tie' : 'resolved';
  }

  /** One sentence. */
  get summary(): string {
    return (this.#summary ??= summarise(this.#contest));
  }

  /** The candidate itself, the very object that the registry holds; null where nothing won. */
  get winner(): Candidate | null {
    return this.#contest.winner;
  }

  /** The first rule on which the winner and the next in rank differ; null where there was nothing to decide between. */
  get decidedBy(): RankRuleName | null {
    if (this.#decidedBy === undefined) this.#decidedBy = decidingRule(this.#contest);
    return this.#decidedBy;
  }

  get selection(): SelectionReport | null {
    return reportSelection(this.#contest);
  }

  get rules(): RuleReport {
    return RULES;
  }

  /** Names in the question and the selection that name nothing, with the nearest that does. */
  get unknown(): readonly UnknownName[] {
    return (this.#unknown ??= unknownNames(this.#contest));
  }

  /** Every candidate in exactly one state, in rank order, the filtered ones last. */
  get candidates(): readonly CandidateReport[] {
    return (this.#candidates ??= reportCandidates(this.#contest));
  }

  /** The eligible losers themselves, in rank order. */
  get shadowed(): readonly Candidate[] {
    return this.#contest.passing.filter((candidate) => candidate !== this.winner);
  }

  /** A hash over the inputs that the decision used and its result; equal wherever the same candidates are seen. */
  get fingerprint(): string {
    return (this.#fingerprint ??= fingerprintOf(this.#contest));
  }

  toJSON(): ExplanationJson {
    const { baseline, hypothetical } = this;
    return {
      schemaVersion: this.schemaVersion,
      request: this.request,
      revision: this.revision,
      outcome: this.outcome,
      summary: this.summary,
      winner: reportWinner(this.winner),
      decidedBy: this.decidedBy,
      selection: this.selection,
      rules: this.rules,
      unknown: this.unknown,
      candidates: this.candidates,
      fingerprint: this.fingerprint,
      ...(hypothetical === undefined ? {} : { hypothetical }),
      ...(baseline === undefined ? {} : { baseline: { ...baseline, winner: reportWinner(baseline.winner) } }),
    };
  }

  /** What `console.log` shows. */
  [Symbol.for('nodejs.util.inspect.custom')](): ExplanationJson {
    return this.toJSON();
  }
}

function decidingRule({ winner, runnerUp, rank }: Contest): RankRuleName | null {
  if (winner === null || runnerUp === undefined) return null;
  return firstDifference(winner, runnerUp, rank)?.name ?? null;
}

function reportWinner(winner: Candidate | null): WinnerReport | null {
  if (winner === null) return null;
  return { provider: winner.provider, ...(winner.version === undefined ? {} : { version: winner.version }) };
}
