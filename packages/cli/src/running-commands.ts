import type { CommandSpec, Term } from './command.js';
import { formatOption, JSON_OUTPUT, KEY_ARGUMENTS } from './command-terms.js';
import { FORMATS } from './formats.js';

const ATTACH: Term = {
  term: '--attach [process]',
  words: 'the running process to ask; this version cannot attach yet',
};
const EVERY_KEY: readonly Term[] = [
  {
    term: '[domain]',
    words: 'only this kind of component, or domain/key in one word',
    completes: 'domain-or-key',
  },
  { term: '[key]', words: 'only this one', completes: 'key' },
];

/** A command that does nothing without a process. */
function ofProcess(
  name: string,
  summary: string,
  args: readonly Term[],
  example: string,
  words: string,
): CommandSpec {
  return {
    name,
    group: 'Running',
    summary,
    arguments: args,
    options: [ATTACH, JSON_OUTPUT],
    examples: [{ term: `oneiric ${name} ${example}`, words }],
    load: async () => {
      const { needsProcess } = await import('./needs-process.js');
      return { run: (input) => Promise.reject(needsProcess(name, input)) };
    },
  };
}

/** The commands that ask a running process. Only `swap --dry-run` needs none. */
export const RUNNING_COMMANDS: readonly CommandSpec[] = [
  ofProcess('status', 'Show what runs, and how it is.', EVERY_KEY, '--attach', 'all that runs'),
  {
    name: 'swap',
    group: 'Running',
    summary: 'Put the winner in the place of what runs, or with --dry-run say how.',
    arguments: KEY_ARGUMENTS,
    options: [
      { term: '--provider <name>', words: 'swap in this provider, whoever wins', completes: 'provider' },
      { term: '--dry-run', words: 'print the plan and do nothing; without a process, as if nothing ran' },
      ATTACH,
      formatOption(FORMATS.swap),
      JSON_OUTPUT,
    ],
    examples: [
      { term: 'oneiric swap adapter/cache --dry-run', words: 'what would be done, step by step' },
      { term: 'oneiric swap adapter/cache --provider redis --dry-run', words: 'the same for redis' },
    ],
    load: () => import('./commands/swap.js'),
  },
  ofProcess(
    'rollback',
    'Return to the provider that served well before.',
    KEY_ARGUMENTS,
    'adapter/cache --attach',
    'undo the last swap',
  ),
  ofProcess(
    'pause',
    'Hold new calls to a component.',
    KEY_ARGUMENTS,
    'adapter/cache --attach',
    'calls wait until it is resumed',
  ),
  ofProcess(
    'drain',
    'Hold new calls, and wait for those in flight to end.',
    KEY_ARGUMENTS,
    'adapter/cache --attach',
    'before a restart of what is behind it',
  ),
  ofProcess(
    'resume',
    'Let calls through again.',
    KEY_ARGUMENTS,
    'adapter/cache --attach',
    'after pause or drain',
  ),
  ofProcess(
    'health',
    'Ask what runs how it is; end with 6 where something is unhealthy.',
    EVERY_KEY,
    '--attach',
    'every component',
  ),
  ofProcess('watch', 'Show what happens, as it happens.', EVERY_KEY, '--attach', 'until Ctrl+C'),
];
