import type { ErrorFamily } from '@oneiric/core';

/** A process as a list shows it. */
export interface ProcessRow {
  readonly pid: number;
  readonly name: string;
  /** How long it has been there, for people; empty where it does not answer, as is its folder. */
  readonly since: string;
  readonly folder: string;
}

declare module '@oneiric/core' {
  interface ErrorDetails {
    ONEIRIC_CLI_USAGE: {
      readonly problem: string;
      readonly nearest: string | undefined;
      readonly command: string | undefined;
    };
    ONEIRIC_CLI_KEY_MISSING: {
      readonly word: string;
      readonly command: string;
      readonly known: readonly string[];
    };
    ONEIRIC_CLI_UNKNOWN_DOMAIN: {
      readonly domain: string;
      readonly nearest: string | undefined;
      readonly known: readonly string[];
      /** What was asked. */
      readonly where: 'project' | 'process';
      /** A process was asked that is called so. */
      readonly isProcess: boolean;
    };
    ONEIRIC_CLI_UNKNOWN_PATH: {
      readonly path: string;
      readonly nearest: string | undefined;
      readonly sections: readonly string[];
    };
    ONEIRIC_CLI_PROCESS_SEVERAL: {
      readonly command: string;
      /** The option that names one of them. */
      readonly example: string;
      readonly processes: readonly ProcessRow[];
    };
    ONEIRIC_CLI_PROCESS_GONE: { readonly pid: number; readonly name: string };
    ONEIRIC_CLI_INTERRUPTED: {
      readonly what: 'swap' | 'roll-back';
      readonly domain: string;
      readonly key: string;
      /** Was the new instance bound already? */
      readonly isBound: boolean;
      /** False where the process was still busy with it when it was last looked at. */
      readonly isOver: boolean;
      readonly running: string;
      /** What was replaced and is not closed yet. */
      readonly retiring: readonly string[];
      /** The command that tells how it stands. */
      readonly look: string;
    };
    ONEIRIC_CLI_NOT_BEGUN: {
      readonly what: 'swap' | 'roll-back';
      readonly domain: string;
      readonly key: string;
      /** What it waited for, as `swap (build of slow)`; null where that is not known. */
      readonly behind: string | null;
    };
    ONEIRIC_CLI_HOLD_INTERRUPTED: {
      readonly what: 'pause' | 'drain' | 'resume';
      readonly domain: string;
      readonly key: string;
      /** Do new calls wait? */
      readonly isHeld: boolean;
      readonly inFlight: number;
      /** The command that lets calls through again. */
      readonly again: string;
    };
    ONEIRIC_CLI_ENDED: null;
    ONEIRIC_CLI_OUTPUT: { readonly reason: string };
    ONEIRIC_CLI_UNCAUGHT: { readonly thrown: string };
  }
}

const didYouMean = (nearest: string | undefined): string =>
  nearest === undefined ? '' : ` Did you mean "${nearest}"?`;

/** The words of everything that the command line itself refuses. */
export const CLI_ERRORS: ErrorFamily<'ONEIRIC_CLI_'> = {
  ONEIRIC_CLI_USAGE: {
    summary: 'The command line cannot be read: an unknown command or option, or one too many or too few.',
    message: ({ problem, nearest, command }) =>
      `${problem}.${didYouMean(nearest)} See: oneiric ${command === undefined ? '' : `${command} `}--help`,
  },
  ONEIRIC_CLI_KEY_MISSING: {
    summary: 'A question names a domain and no key.',
    message: ({ word, command, known }) =>
      `A question needs a domain and a key, and "${word}" is only one of them. ` +
      (known.length === 0
        ? `Write: oneiric ${command} <domain> <key>`
        : `Did you mean ${known.map((key) => `oneiric ${command} ${key}`).join(', or ')}?`),
  },
  ONEIRIC_CLI_UNKNOWN_DOMAIN: {
    summary: 'The project, or the process that was asked, has no key of this domain.',
    message: ({ domain, nearest, known, where, isProcess }) =>
      `There is no domain "${domain}".${didYouMean(nearest)} ` +
      (isProcess ? `The process itself is called so: name it by --attach=${domain}. ` : '') +
      (known.length === 0
        ? `The ${where} has no candidates at all.`
        : `The ${where} has ${known.join(', ')}.`),
  },
  ONEIRIC_CLI_UNKNOWN_PATH: {
    summary: 'No layer of the configuration sets anything at this path.',
    message: ({ path, nearest, sections }) =>
      `No layer sets ${path}.${didYouMean(nearest)} The configuration has values in ${sections.join(', ')}; ` +
      '"oneiric config" prints all of them.',
  },
  ONEIRIC_CLI_PROCESS_SEVERAL: {
    summary: 'Several running processes let themselves be attached to, and it was not said which one.',
    message: ({ command, example }) =>
      `There are several processes to attach to. Name the one that is meant, as in:\noneiric ${command} ${example}`,
  },
  ONEIRIC_CLI_PROCESS_GONE: {
    summary: 'The process that was watched has ended, or no longer lets itself be attached to.',
    message: ({ pid, name }) =>
      `${name} (${String(pid)}) has gone: it has ended, or has closed what one attaches to. ` +
      'Where it was started again it has another pid.',
  },
  ONEIRIC_CLI_INTERRUPTED: {
    summary: 'Ctrl+C came while a swap was under way in a process; what became of it is told.',
    message: ({ what, domain, key, isBound, isOver, running, retiring, look }) => {
      const begin = `The ${what} of ${domain}/${key} was interrupted`;
      const serves = running === 'nothing' ? 'nothing runs' : `${running} serves`;
      const closing =
        retiring.length === 0 ? '' : `, and ${retiring.join(' and ')} is still being drained and closed`;
      if (isBound) return `${begin} when the new instance was bound already: ${serves}${closing}.`;
      if (isOver) return `${begin}, and was taken back: ${serves}, as before.`;
      return `${begin}, and the process is still busy taking it back: ${serves} until then. See: ${look}`;
    },
  },
  ONEIRIC_CLI_NOT_BEGUN: {
    summary:
      'Ctrl+C came while a swap still waited for another operation on the same key; nothing of it was done.',
    message: ({ what, domain, key, behind }) =>
      `The ${what} of ${domain}/${key} was given up before it had begun: nothing of it was done. ` +
      (behind === null ? '' : `It waited behind another operation, ${behind}, which goes on.`),
  },
  ONEIRIC_CLI_HOLD_INTERRUPTED: {
    summary: 'Ctrl+C came while calls were being held or let through in a process; how they stand is told.',
    message: ({ what, domain, key, isHeld, inFlight, again }) => {
      const begin = `The ${what} of ${domain}/${key} was interrupted`;
      if (!isHeld) return `${begin}: its calls go through.`;
      const flight = inFlight === 0 ? '' : `, and ${String(inFlight)} in flight go on`;
      return `${begin}, and it is paused: new calls wait${flight}. Let them through again with: ${again}`;
    },
  },
  ONEIRIC_CLI_ENDED: {
    summary: 'Code of the project ended the process before the command was done.',
    message: () =>
      'The process ended before the command was done: code of the project called\n' +
      'process.exit(), or something never settled. Look for process.exit() in the\n' +
      'configuration and in what it imports.',
  },
  ONEIRIC_CLI_OUTPUT: {
    summary: 'The output could not be written, for example because the disk is full.',
    message: ({ reason }) => `The output cannot be written: ${reason}`,
  },
  ONEIRIC_CLI_UNCAUGHT: {
    summary:
      'Something threw outside of any call, usually what the project started while its configuration was loaded.',
    message: ({ thrown }) =>
      'Something threw outside of any call, while the command was running. Where the first file below belongs to ' +
      `your project, look there: await what it starts. Otherwise please report it.\n${thrown}`,
  },
};
