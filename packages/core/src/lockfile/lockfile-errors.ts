import { type ConfigProblem, formatProblem } from '../config/config-problem.js';
import type { ErrorFamily } from '../errors/error-details.js';

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_LOCKFILE_NOT_FOUND: { readonly file: string };
    ONEIRIC_LOCKFILE_UNREADABLE: { readonly file: string; readonly reason: string };
    ONEIRIC_LOCKFILE_MERGE_CONFLICT: { readonly file: string; readonly line: number };
    ONEIRIC_LOCKFILE_VERSION: {
      readonly file: string;
      readonly found: number;
      /** The newest that this version reads. */
      readonly supported: number;
    };
    ONEIRIC_LOCKFILE_INVALID: { readonly file: string; readonly problems: readonly ConfigProblem[] };
    ONEIRIC_LOCKFILE_NOT_LOCKED: {
      readonly file: string;
      /** Null: what is decided without an environment. */
      readonly environment: string | null;
      readonly known: readonly string[];
      readonly nearest: string | undefined;
    };
    ONEIRIC_LOCKFILE_NOT_WRITTEN: { readonly file: string; readonly reason: string };
  }
}

/** The words of everything that can be wrong with a lockfile. */
export const LOCKFILE_ERRORS: ErrorFamily<'ONEIRIC_LOCKFILE_'> = {
  ONEIRIC_LOCKFILE_NOT_FOUND: {
    summary: 'There is no lockfile to compare with.',
    message: ({ file }) =>
      `There is no lockfile ${file}. Run "oneiric lock" to write down what wins now, and commit the file.`,
  },
  ONEIRIC_LOCKFILE_UNREADABLE: {
    summary: 'The lockfile cannot be read.',
    message: ({ file, reason }) =>
      `The lockfile ${file} cannot be read: ${reason}. Restore it from version control, or write it again with "oneiric lock".`,
  },
  ONEIRIC_LOCKFILE_MERGE_CONFLICT: {
    summary: 'The lockfile has the marks of a merge that is not finished.',
    message: ({ file, line }) =>
      `The lockfile ${file} has a merge conflict in line ${String(line)}. Finish the merge of the configuration, ` +
      'then write the lockfile again with "oneiric lock": it need not be merged by hand.',
  },
  ONEIRIC_LOCKFILE_VERSION: {
    summary: 'A newer version of Oneiric wrote the lockfile.',
    message: ({ file, found, supported }) =>
      `The lockfile ${file} has the form ${String(found)}, and this version reads up to ${String(supported)}: a newer ` +
      'one wrote it. Update @oneiric/cli and @oneiric/core here, as those who wrote it did.',
  },
  ONEIRIC_LOCKFILE_INVALID: {
    summary: 'The lockfile is not what "oneiric lock" writes; all problems are listed.',
    message: ({ file, problems }) => {
      const count = problems.length === 1 ? 'a problem' : `${String(problems.length)} problems`;
      return (
        `The lockfile ${file} has ${count}. Restore it from version control, or write it again with "oneiric lock".` +
        problems.map((problem) => `\n  ${formatProblem(problem)}`).join('')
      );
    },
  },
  ONEIRIC_LOCKFILE_NOT_LOCKED: {
    summary: 'The lockfile holds nothing of this environment.',
    message: ({ file, environment, known, nearest }) =>
      environment === null
        ? `The lockfile ${file} holds only environments: ${known.join(', ')}. Name one with --env, or run "oneiric lock".`
        : `The lockfile ${file} holds nothing of the environment "${environment}"` +
          (known.length === 0 ? '.' : `; it has ${known.join(', ')}.`) +
          (nearest === undefined ? '' : ` Did you mean "${nearest}"?`) +
          ` Run "oneiric lock --env ${environment}" to lock it.`,
  },
  ONEIRIC_LOCKFILE_NOT_WRITTEN: {
    summary: 'The lockfile could not be written; what was there before is untouched.',
    message: ({ file, reason }) =>
      `The lockfile ${file} could not be written: ${reason}. What was there before is untouched. Make the folder ` +
      'writable, or make room, and run the command again.',
  },
};
