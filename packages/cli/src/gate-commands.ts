import type { CommandSpec, Term } from './command.js';
import { formatOption, JSON_OUTPUT } from './command-terms.js';
import { FORMATS } from './formats.js';

const STRICT: Term = { term: '--strict', words: 'end with 5 for every difference, not only for winners' };

/** The commands that keep what wins from changing unseen. */
export const GATE_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'lock',
    group: 'Gate',
    summary: 'Write down what wins now, in oneiric.lock.json beside the configuration.',
    arguments: [],
    options: [
      { term: '--dry-run', words: 'say what would be accepted, and write nothing' },
      formatOption(FORMATS.lock),
      JSON_OUTPUT,
    ],
    examples: [
      { term: 'oneiric lock', words: 'the project and each of its environments; commit the file' },
      { term: 'oneiric lock --env production', words: 'only this environment; the rest stays as it is' },
    ],
    load: () => import('./commands/lock.js'),
  },
  {
    name: 'check',
    group: 'Gate',
    summary: 'Fail where a winner is another than in oneiric.lock.json.',
    arguments: [],
    options: [STRICT, formatOption(FORMATS.check), JSON_OUTPUT],
    examples: [
      { term: 'oneiric check', words: 'in CI: 5 where a winner changed; other differences are listed' },
      { term: 'oneiric check --env production --strict', words: 'this environment, and nothing may differ' },
      { term: 'oneiric check --format markdown', words: 'for a comment on a pull request' },
    ],
    load: () => import('./commands/check.js'),
  },
  {
    name: 'diff',
    group: 'Gate',
    summary: 'Compare a lockfile with now, two lockfiles, or two environments.',
    arguments: [
      { term: '[lockfile]', words: 'the older one', completes: 'file' },
      { term: '[other]', words: 'the newer one; without it, what wins now', completes: 'file' },
    ],
    options: [
      {
        term: '--env <name>',
        words: 'compare only this environment; given twice, compare these two',
        repeatable: true,
        completes: 'environment',
      },
      STRICT,
      formatOption(FORMATS.diff),
      JSON_OUTPUT,
    ],
    examples: [
      { term: 'oneiric diff oneiric.lock.json', words: 'what changed since it was locked' },
      { term: 'oneiric diff old.lock.json new.lock.json', words: 'two lockfiles, without the project' },
      { term: 'oneiric diff --env staging --env production', words: 'where two environments part' },
      { term: 'oneiric diff --env production', words: 'what is different in production' },
    ],
    load: () => import('./commands/diff.js'),
  },
];
