import type { CandidateSource } from '../decision/candidate.js';
import type { CandidateReport } from '../decision/candidate-report.js';
import type { Outcome } from '../decision/explanation.js';
import type { FilterCode } from '../decision/finding.js';
import type { RankRuleName } from '../decision/rank-rules.js';
import type { Selection } from '../decision/selection.js';

/** The name of the file, beside the configuration. */
export const LOCKFILE_NAME = 'oneiric.lock.json';
/** Rises with a breaking change of the form. */
export const LOCKFILE_VERSION = 1;

/**
 * What was decided when a project was locked: for the configuration as it stands, and for each of its environments.
 *
 * It holds nothing of the machine: no absolute path, no time, no line number, and of the Node version only what a
 * filter concluded from it. So two machines that decide alike write the same bytes.
 */
export interface Lockfile {
  /** Decided without an environment; undefined where only environments were locked. */
  readonly keys: LockedKeys | undefined;
  /** By name. */
  readonly environments: ReadonlyMap<string, LockedKeys>;
}

/** By key in full, `adapter/cache`, in the order of their code units. */
export type LockedKeys = ReadonlyMap<string, LockedDecision>;

/** The answer to one key's plain question, and what a later difference is told with. */
export interface LockedDecision {
  readonly winner: string | null;
  readonly outcome: Outcome;
  readonly decidedBy: RankRuleName | null;
  readonly selection: LockedSelection | null;
  readonly fingerprint: string;
  /** In rank order, the filtered ones last. */
  readonly candidates: readonly LockedCandidate[];
}

export interface LockedSelection {
  readonly provider: string;
  readonly policy: Selection['policy'];
  /** `configuration`, or the environment variable, flag or other origin that set it. */
  readonly setBy: string;
}

export interface LockedCandidate {
  readonly provider: string;
  readonly state: CandidateReport['state'];
  /** Only where it is filtered. */
  readonly code?: FilterCode;
  /** Why it is filtered, in half a sentence. */
  readonly reason?: string;
  readonly priority: number;
  readonly stackLevel: number;
  /** The reference, where the factory is one. */
  readonly factory?: string;
  readonly source: CandidateSource['kind'];
  /** The source's identity, where its kind and package do not say it. */
  readonly id?: string;
  readonly package?: string;
  readonly version?: string;
}
