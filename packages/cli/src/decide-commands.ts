import type { CommandSpec, Term } from './command.js';
import { ATTACH, formatOption, JSON_OUTPUT, KEY_ARGUMENTS } from './command-terms.js';
import { FORMATS } from './formats.js';

const FAIL_ON_TIE: Term = {
  term: '--fail-on-tie',
  words: 'end with 4 where only the order of registration decided',
};
const QUESTION_OPTIONS: readonly Term[] = [
  {
    term: '--provider <name>',
    words: 'ask only for this provider; a selection then does not bind',
    completes: 'provider',
  },
  {
    term: '--capability <names>',
    words: 'ask for capabilities, separated by commas',
    repeatable: true,
    completes: 'capability',
  },
  { term: '--any-capability', words: 'one of the capabilities is enough; more of them rank higher' },
];

/** The commands that say what wins, and why. */
export const DECIDE_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'explain',
    group: 'Decide',
    summary: 'Say which candidate wins, why, why not the others, and what would change it.',
    arguments: KEY_ARGUMENTS,
    options: [
      ...QUESTION_OPTIONS,
      {
        term: '--why-not <provider>',
        words: 'say only why this provider does not win',
        completes: 'provider',
      },
      {
        term: '--if <change>',
        words: 'explain a changed world: priority(redis)=60, stackLevel(redis)=1, selection=redis',
        repeatable: true,
        completes: 'change',
      },
      {
        term: '--without <provider>',
        words: 'explain a world without this provider',
        repeatable: true,
        completes: 'provider',
      },
      { term: '--deep', words: 'explain what the winner needs as well, to the end' },
      {
        term: '--status <file>',
        words: 'say also what ran when an application wrote this status file, and why not the winner',
        completes: 'file',
      },
      { ...ATTACH, words: `${ATTACH.words}; say also what runs there` },
      { term: '--history', words: 'with --attach: all the last decisions, each with its cause' },
      FAIL_ON_TIE,
      formatOption(FORMATS.explain),
      JSON_OUTPUT,
    ],
    examples: [
      { term: 'oneiric explain adapter cache', words: 'the decision with all its reasons' },
      { term: 'oneiric explain adapter/cache --why-not memory', words: 'what memory lacks' },
      { term: 'oneiric explain adapter/cache --if "priority(memory)=60"', words: 'what a change would do' },
      { term: 'oneiric explain adapter/cache --deep', words: 'the same for everything that it needs' },
      {
        term: 'oneiric explain adapter/cache --status status.json',
        words: 'and what ran instead, as the application wrote it down',
      },
      {
        term: 'oneiric explain adapter/cache --attach --history',
        words: 'in a running process, what it decided before, and why',
      },
      {
        term: 'oneiric explain adapter/cache --format markdown',
        words: 'for a comment on a pull request',
      },
    ],
    load: () => import('./commands/explain.js'),
  },
  {
    name: 'resolve',
    group: 'Decide',
    summary: 'Print the provider that wins.',
    arguments: KEY_ARGUMENTS,
    options: [...QUESTION_OPTIONS, FAIL_ON_TIE, ATTACH, formatOption(FORMATS.resolve), JSON_OUTPUT],
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
    arguments: [{ term: '[domain]', words: 'only the keys of this domain', completes: 'domain' }],
    options: [
      { term: '--shadowed', words: 'list the losers instead, and where they lost' },
      ATTACH,
      formatOption(FORMATS.list),
      JSON_OUTPUT,
    ],
    examples: [
      { term: 'oneiric list', words: 'the whole project' },
      { term: 'oneiric list adapter --shadowed', words: 'what does not run' },
    ],
    load: () => import('./commands/list.js'),
  },
  {
    name: 'graph',
    group: 'Decide',
    summary: 'Show what every winner needs, what of that is missing, and the cycles.',
    arguments: [
      { term: '[domain]', words: 'the keys of this domain, and those that they need', completes: 'domain' },
    ],
    options: [ATTACH, formatOption(FORMATS.graph), JSON_OUTPUT],
    examples: [
      { term: 'oneiric graph', words: 'the whole project' },
      { term: 'oneiric graph service --format dot', words: 'for Graphviz: … | dot -Tsvg -o graph.svg' },
      { term: 'oneiric graph --format mermaid', words: 'for a document on GitHub' },
    ],
    load: () => import('./commands/graph.js'),
  },
];
