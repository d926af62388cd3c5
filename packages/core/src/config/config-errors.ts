import type { SourcePlace } from '../foundation/source-place.js';
import type { ErrorFamily } from '../errors/error-details.js';
import { CONFIG_FILE_NAMES } from './config-file-name.js';
import { type ConfigProblem, formatPlace, formatProblem, type SourceLine } from './config-problem.js';

declare module '../errors/error-details.js' {
  interface ErrorDetails {
    ONEIRIC_CONFIG_NOT_FOUND: { readonly startDir: string };
    ONEIRIC_CONFIG_AMBIGUOUS: { readonly folder: string; readonly files: readonly string[] };
    ONEIRIC_CONFIG_FORMAT: { readonly file: string; readonly rename: string | undefined };
    ONEIRIC_CONFIG_UNREADABLE: { readonly file: string; readonly reason: string };
    ONEIRIC_CONFIG_INVALID: {
      /** Relative to the project; undefined where no file is involved. */
      readonly file: string | undefined;
      readonly problems: readonly ConfigProblem[];
    };
    ONEIRIC_CONFIG_SETTINGS: {
      readonly domain: string;
      readonly key: string;
      readonly provider: string;
      readonly problems: readonly ConfigProblem[];
    };
    ONEIRIC_CONFIG_THREW: {
      readonly file: string;
      readonly thrown: string;
      /** The innermost place in the project's own files that was on the stack. */
      readonly at: SourcePlace | undefined;
      readonly excerpt: readonly SourceLine[];
      readonly hint: string | undefined;
    };
    ONEIRIC_CONFIG_IMPORT: {
      readonly file: string;
      /** The file that has the import, and the place of it, as far as it was found. */
      readonly importer: string;
      readonly at: SourcePlace | undefined;
      readonly excerpt: readonly SourceLine[];
      readonly specifier: string;
      readonly hint: string;
    };
    ONEIRIC_CONFIG_TIMEOUT: { readonly file: string; readonly timeoutMs: number };
    ONEIRIC_CONFIG_EXPORT: { readonly file: string; readonly found: string; readonly hint: string };
  }
}

function listed(problems: readonly ConfigProblem[]): string {
  return problems.map((problem) => `\n  ${formatProblem(problem)}`).join('');
}

/** The words of everything that can be wrong with a configuration. */
export const CONFIG_ERRORS: ErrorFamily<'ONEIRIC_CONFIG_'> = {
  ONEIRIC_CONFIG_NOT_FOUND: {
    summary:
      'There is no configuration file in the folder or in any folder above it, and no plugin that does without.',
    message: (d) =>
      `No Oneiric configuration in ${d.startDir} or in any folder above it. ` +
      `Looked for ${CONFIG_FILE_NAMES.join(', ')}. Create one of them, name a file, ` +
      'or install a plugin: a project that depends on one needs no file.',
  },
  ONEIRIC_CONFIG_AMBIGUOUS: {
    summary: 'One folder holds more than one configuration file.',
    message: (d) =>
      `There are ${d.files.join(' and ')} in ${d.folder}, and it is not clear which one counts. ` +
      'Keep one of them, or name the file.',
  },
  ONEIRIC_CONFIG_FORMAT: {
    summary: 'The configuration file has a form that cannot be read.',
    message: (d) =>
      `${d.file} is not a form of configuration that Oneiric reads. ` +
      (d.rename === undefined ? `Use one of ${CONFIG_FILE_NAMES.join(', ')}.` : `Write it as ${d.rename}.`),
  },
  ONEIRIC_CONFIG_UNREADABLE: {
    summary: 'The configuration file cannot be read.',
    message: (d) => `The configuration ${d.file} cannot be read: ${d.reason}.`,
  },
  ONEIRIC_CONFIG_INVALID: {
    summary: 'The configuration has problems; all of them are listed. Nothing of it is in force.',
    message: (d) => {
      const count = d.problems.length === 1 ? 'a problem' : `${String(d.problems.length)} problems`;
      return `The configuration has ${count}; nothing of it is in force.${listed(d.problems)}`;
    },
  },
  ONEIRIC_CONFIG_SETTINGS: {
    summary: 'The settings of a provider cannot be used: its schema refuses them, or a secret is not there.',
    message: (d) =>
      `The settings of ${d.domain}/${d.key} with provider "${d.provider}" cannot be used.${listed(d.problems)}`,
  },
  ONEIRIC_CONFIG_THREW: {
    summary: 'The configuration module, or something that it imports, threw an error while it was loaded.',
    message: (d) => {
      const at = d.at === undefined ? '' : ` at ${formatPlace({ kind: 'code', ...d.at })}`;
      return `The configuration ${d.file} threw while it was loaded${at}: ${d.thrown}.${d.hint === undefined ? '' : ` ${d.hint}`}`;
    },
  },
  ONEIRIC_CONFIG_IMPORT: {
    summary: 'The configuration module, or something that it imports, imports what is not there.',
    message: (d) => {
      const where = d.at === undefined ? d.importer : formatPlace({ kind: 'code', ...d.at });
      return `The configuration ${d.file} cannot be loaded: ${where} imports "${d.specifier}", which is not there. ${d.hint}`;
    },
  },
  ONEIRIC_CONFIG_TIMEOUT: {
    summary: 'The configuration module did not finish loading in time.',
    message: (d) =>
      `The configuration ${d.file} did not finish loading within ${String(d.timeoutMs)} ms. ` +
      `Look for a top-level await that never settles, in it or in what it imports.`,
  },
  ONEIRIC_CONFIG_EXPORT: {
    summary: 'The configuration module does not export a configuration.',
    message: (d) => `The configuration ${d.file} exports ${d.found}; expected a plain object. ${d.hint}`,
  },
};

export type ConfigErrorCode = keyof typeof CONFIG_ERRORS;
