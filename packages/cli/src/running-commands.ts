import type { CommandSpec, Term } from './command.js';
import { ATTACH, formatOption, JSON_OUTPUT, KEY_ARGUMENTS } from './command-terms.js';
import { FORMATS } from './formats.js';

const SOME_COMPONENTS: readonly Term[] = [
  {
    term: '[domain]',
    words: 'only this kind of component, or domain/key in one word',
    completes: 'domain-or-key',
  },
  { term: '[key]', words: 'only this one', completes: 'key' },
];
const REASON: Term = {
  term: '--reason <text>',
  words: 'why, as it is shown in every explanation while it lasts',
};
const OF_SWAP: readonly Term[] = [
  { term: '1', words: 'it was refused or failed; what ran before goes on' },
  { term: '3', words: 'nothing wins, or nobody offers it' },
  { term: '130', words: 'Ctrl+C; what became of it is told' },
];
const OF_HOLDING: readonly Term[] = [
  { term: '1', words: 'it does not run, or its calls did not end in time' },
  { term: '3', words: 'there is no such component' },
  { term: '130', words: 'Ctrl+C; whether calls are held is told' },
];

/** The commands that ask a running process. Only `swap --dry-run` needs none. */
export const RUNNING_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'status',
    group: 'Running',
    isAboutProject: false,
    summary: 'Show what runs, how it is, and why that is not the winner.',
    arguments: SOME_COMPONENTS,
    options: [ATTACH, JSON_OUTPUT],
    examples: [
      { term: 'oneiric status --attach', words: 'a row for everything that was started' },
      { term: 'oneiric status adapter/cache --attach 4711', words: 'all there is to say of one component' },
    ],
    load: () => import('./commands/status.js'),
  },
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
      { term: 'oneiric swap adapter/cache --attach', words: 'put the winner there now' },
      { term: 'oneiric swap adapter/cache --provider redis --attach --dry-run', words: 'how redis would be' },
      { term: 'oneiric swap adapter/cache --dry-run', words: 'what would be done, step by step' },
    ],
    exits: OF_SWAP,
    load: () => import('./commands/swap.js'),
  },
  {
    name: 'rollback',
    group: 'Running',
    isAboutProject: false,
    summary: 'Return to the provider that served well before.',
    arguments: KEY_ARGUMENTS,
    options: [ATTACH, JSON_OUTPUT],
    examples: [{ term: 'oneiric rollback adapter/cache --attach', words: 'undo the last swap' }],
    exits: OF_SWAP,
    load: () => import('./commands/rollback.js'),
  },
  {
    name: 'pause',
    group: 'Running',
    isAboutProject: false,
    summary: 'Hold new calls to a component.',
    arguments: KEY_ARGUMENTS,
    options: [REASON, ATTACH, JSON_OUTPUT],
    examples: [
      {
        term: 'oneiric pause adapter/cache --reason maintenance --attach',
        words: 'calls wait until it is resumed',
      },
    ],
    exits: OF_HOLDING,
    load: async () => ({ run: (await import('./commands/hold.js')).pause }),
  },
  {
    name: 'drain',
    group: 'Running',
    isAboutProject: false,
    summary: 'Hold new calls, and wait for those in flight to end.',
    arguments: KEY_ARGUMENTS,
    options: [REASON, ATTACH, JSON_OUTPUT],
    examples: [
      { term: 'oneiric drain adapter/cache --attach', words: 'before a restart of what is behind it' },
    ],
    exits: OF_HOLDING,
    load: async () => ({ run: (await import('./commands/hold.js')).drain }),
  },
  {
    name: 'resume',
    group: 'Running',
    isAboutProject: false,
    summary: 'Let calls through again.',
    arguments: KEY_ARGUMENTS,
    options: [ATTACH, JSON_OUTPUT],
    examples: [{ term: 'oneiric resume adapter/cache --attach', words: 'after pause or drain' }],
    exits: OF_HOLDING.slice(1),
    load: async () => ({ run: (await import('./commands/hold.js')).resume }),
  },
  {
    name: 'health',
    group: 'Running',
    isAboutProject: false,
    summary: 'Ask what runs how it is, which changes nothing there; end with 6 where something is unhealthy.',
    arguments: SOME_COMPONENTS,
    options: [ATTACH, JSON_OUTPUT],
    examples: [
      { term: 'oneiric health --attach', words: 'every component that runs' },
      { term: 'oneiric health adapter --attach --json', words: 'those of one domain, for a script' },
    ],
    exits: [
      { term: '0', words: 'all are well, or have nothing to ask' },
      { term: '6', words: 'one says that it is not, cannot be asked, or still counts as unhealthy' },
    ],
    load: () => import('./commands/health.js'),
  },
  {
    name: 'watch',
    group: 'Running',
    isAboutProject: false,
    summary: 'Show what happens, as it happens.',
    arguments: SOME_COMPONENTS,
    options: [ATTACH, { term: '--json', words: 'print every event as JSON, one on each line' }],
    examples: [
      { term: 'oneiric watch --attach', words: 'a live view, until Ctrl+C' },
      {
        term: 'oneiric watch adapter/cache --attach --json',
        words: 'the events of one component, for a program',
      },
    ],
    exits: [
      { term: '0', words: 'Ctrl+C, or a reader that has seen enough' },
      { term: '1', words: 'the process has gone' },
    ],
    load: () => import('./commands/watch.js'),
  },
];
