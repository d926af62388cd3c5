import type { ErrorFamily } from '@oneiric/core';

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
    };
    ONEIRIC_CLI_UNKNOWN_PATH: {
      readonly path: string;
      readonly nearest: string | undefined;
      readonly sections: readonly string[];
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
    summary: 'The project has no key of this domain.',
    message: ({ domain, nearest, known }) =>
      `There is no domain "${domain}".${didYouMean(nearest)} ` +
      (known.length === 0 ? 'The project has no candidates at all.' : `The project has ${known.join(', ')}.`),
  },
  ONEIRIC_CLI_UNKNOWN_PATH: {
    summary: 'No layer of the configuration sets anything at this path.',
    message: ({ path, nearest, sections }) =>
      `No layer sets ${path}.${didYouMean(nearest)} The configuration has values in ${sections.join(', ')}; ` +
      '"oneiric config" prints all of them.',
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
