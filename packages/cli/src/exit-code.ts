import type { Explanation, LockfileDifference } from '@oneiric/core';

/** What a command says with its exit code; scripts rely on these numbers. */
export const EXIT = {
  /** One winner, or all well. */
  ok: 0,
  /** The command itself failed: what was to be done could not be, or a mistake of ours. */
  failed: 1,
  /** Wrong usage, no process to attach to, a configuration that cannot be read or is invalid, or errors that `doctor` found. */
  usage: 2,
  /** Nothing won; an unknown domain, key or provider is this, too. */
  nothingWon: 3,
  /** A tie, where `--fail-on-tie` asks for it. */
  tie: 4,
  /** A winner differs from the lockfile. */
  drift: 5,
  /** Something active is unhealthy, or something failed to start. */
  unhealthy: 6,
  /** Ctrl+C: as a shell has it of a program that a signal ended. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The codes as the help tells them. */
export const EXIT_WORDS: Readonly<Record<ExitCode, string>> = {
  0: 'one winner, or all well',
  1: 'the command itself failed',
  2: 'wrong usage, no process to attach to, a configuration that cannot be read or is invalid, or errors that doctor found',
  3: 'nothing won',
  4: 'a tie, with --fail-on-tie',
  5: 'a winner differs from the lockfile',
  6: 'something that runs is unhealthy, or failed to start',
  130: 'interrupted by Ctrl+C',
};

/** The exit code of a command that asked one question. */
export function exitCodeOf(explanation: Pick<Explanation, 'outcome'>, failOnTie: boolean): ExitCode {
  switch (explanation.outcome) {
    case 'none':
      return EXIT.nothingWon;
    case 'tie':
      return failOnTie ? EXIT.tie : EXIT.ok;
    case 'resolved':
      return EXIT.ok;
    default:
      return explanation.outcome satisfies never;
  }
}

/** The exit code of a comparison: a changed winner fails, and with `isStrict` every difference. */
export function exitCodeOfDifferences(
  differences: readonly Pick<LockfileDifference, 'severity'>[],
  isStrict: boolean,
): ExitCode {
  return differences.some(({ severity }) => isStrict || severity === 'winner') ? EXIT.drift : EXIT.ok;
}

/** By the start of an error's code; whatever is not here is `failed`. */
const BY_ERROR: readonly (readonly [prefix: string, code: ExitCode])[] = [
  ['ONEIRIC_RESOLUTION_', EXIT.nothingWon],
  ['ONEIRIC_CLI_UNKNOWN_PATH', EXIT.usage],
  ['ONEIRIC_CLI_UNKNOWN_', EXIT.nothingWon],
  ['ONEIRIC_CLI_UNCAUGHT', EXIT.failed],
  ['ONEIRIC_CLI_OUTPUT', EXIT.failed],
  ['ONEIRIC_CLI_PROCESS_GONE', EXIT.failed],
  ['ONEIRIC_CLI_INTERRUPTED', EXIT.interrupted],
  ['ONEIRIC_CLI_NOT_BEGUN', EXIT.interrupted],
  ['ONEIRIC_CLI_HOLD_INTERRUPTED', EXIT.interrupted],
  ['ONEIRIC_CLI_', EXIT.usage],
  ['ONEIRIC_CONFIG_', EXIT.usage],
  ['ONEIRIC_REFERENCE_', EXIT.usage],
  ['ONEIRIC_DECISION_', EXIT.usage],
  ['ONEIRIC_REGISTRY_', EXIT.usage],
  ['ONEIRIC_LIFECYCLE_STATUS_FILE', EXIT.usage],
  ['ONEIRIC_ATTACH_LOST', EXIT.failed],
  ['ONEIRIC_ATTACH_NO_ANSWER', EXIT.failed],
  ['ONEIRIC_ATTACH_ANSWER_INVALID', EXIT.failed],
  ['ONEIRIC_ATTACH_READER_TOO_SLOW', EXIT.failed],
  ['ONEIRIC_ATTACH_CLOSED', EXIT.failed],
  ['ONEIRIC_ATTACH_FAILED', EXIT.failed],
  ['ONEIRIC_ATTACH_', EXIT.usage],
  ['ONEIRIC_LOCKFILE_NOT_WRITTEN', EXIT.failed],
  ['ONEIRIC_LOCKFILE_', EXIT.usage],
];

/** The exit code of a command that ended with an error of this code; undefined is an error that is none of ours. */
export function exitCodeOfError(code: string | undefined): ExitCode {
  return BY_ERROR.find(([prefix]) => code?.startsWith(prefix))?.[1] ?? EXIT.failed;
}
