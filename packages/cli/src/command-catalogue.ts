import type { CommandSpec, Term } from './command.js';

const JSON_OUTPUT: Term = {
  term: '--json',
  words: 'print JSON, in the form that the shipped schema describes',
};
const FAIL_ON_TIE: Term = {
  term: '--fail-on-tie',
  words: 'end with 4 where only the order of registration decided',
};
const QUESTION_ARGUMENTS: readonly Term[] = [
  { term: '<domain>', words: 'the kind of component, or domain/key in one word' },
  { term: '[key]', words: 'what it is for' },
];
const QUESTION_OPTIONS: readonly Term[] = [
  { term: '--provider <name>', words: 'ask only for this provider; a selection then does not bind' },
  { term: '--capability <names>', words: 'ask for capabilities, separated by commas', repeatable: true },
  { term: '--any-capability', words: 'one of the capabilities is enough; more of them rank higher' },
];

/** Options that every command has. */
export const COMMON_OPTIONS: readonly Term[] = [
  { term: '--cwd <folder>', words: 'start looking for the configuration here' },
  { term: '--config <file>', words: 'use this configuration file' },
  { term: '--env <name>', words: 'use this environment of the configuration' },
  {
    term: '--select <domain/key=provider>',
    words: 'pin a provider, above the configuration',
    repeatable: true,
  },
  { term: '--stack-order <packages>', words: 'rank packages, as in "@acme/redis:20,@acme/disk:10"' },
  { term: '-h, --help', words: 'show this help' },
];

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  {
    name: 'explain',
    group: 'Decide',
    summary: 'Say which candidate wins, why, why not the others, and what would change it.',
    arguments: QUESTION_ARGUMENTS,
    options: [
      ...QUESTION_OPTIONS,
      { term: '--why-not <provider>', words: 'say only why this provider does not win' },
      {
        term: '--if <change>',
        words: 'explain a changed world: priority(redis)=60, stackLevel(redis)=1, selection=redis',
        repeatable: true,
      },
      { term: '--without <provider>', words: 'explain a world without this provider', repeatable: true },
      FAIL_ON_TIE,
      JSON_OUTPUT,
    ],
    examples: [
      { term: 'oneiric explain adapter cache', words: 'the decision with all its reasons' },
      { term: 'oneiric explain adapter/cache --why-not memory', words: 'what memory lacks' },
      { term: 'oneiric explain adapter/cache --if "priority(memory)=60"', words: 'what a change would do' },
    ],
    load: () => import('./commands/explain.js'),
  },
  {
    name: 'resolve',
    group: 'Decide',
    summary: 'Print the provider that wins.',
    arguments: QUESTION_ARGUMENTS,
    options: [...QUESTION_OPTIONS, FAIL_ON_TIE, JSON_OUTPUT],
    examples: [
      { term: 'oneiric resolve adapter cache', words: 'the name, for a script' },
      {
        term: 'oneiric resolve adapter/cache --capability ttl --json',
        words: 'the name and where it came from',
      },
    ],
    load: () => import('./commands/resolve.js'),
  },
  {
    name: 'list',
    group: 'Decide',
    summary: 'List every key and what wins it.',
    arguments: [{ term: '[domain]', words: 'only the keys of this domain' }],
    options: [{ term: '--shadowed', words: 'list the losers instead, and where they lost' }, JSON_OUTPUT],
    examples: [
      { term: 'oneiric list', words: 'the whole project' },
      { term: 'oneiric list adapter --shadowed', words: 'what does not run' },
    ],
    load: () => import('./commands/list.js'),
  },
];
