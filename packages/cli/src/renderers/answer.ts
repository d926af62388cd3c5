import type {
  CandidateReport,
  DecisionRecord,
  DependencyGraph,
  Explanation,
  RunningReport,
  WhyNot,
} from '@oneiric/core';

/** What `explain` was asked for and found, for every form it may take. */
export interface Answer {
  readonly explanation: Explanation;
  /** Where only one provider was asked about. */
  readonly whyNot: WhyNot | undefined;
  /** The candidates to show: all of them, or that provider's. */
  readonly shown: readonly CandidateReport[];
  /** Where `--attach` or `--status` asked for it. */
  readonly running: RunningReport | undefined;
  /** Where `--history` asked for it: all decisions that the process remembers, the newest first. */
  readonly history: readonly DecisionRecord[] | undefined;
  /** Where `--deep` asked for them. */
  readonly dependencies: DependencyGraph | undefined;
}
