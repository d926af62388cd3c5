import type { CommandSpec, Term } from './command.js';
import { DECIDE_COMMANDS } from './decide-commands.js';
import { GATE_COMMANDS } from './gate-commands.js';
import { PROJECT_COMMANDS } from './project-commands.js';
import { RUNNING_COMMANDS } from './running-commands.js';

/** Options that choose a project. */
const PROJECT_OPTIONS: readonly Term[] = [
  { term: '--cwd <folder>', words: 'start looking for the configuration here', completes: 'folder' },
  { term: '--config <file>', words: 'use this configuration file', completes: 'file' },
  {
    term: '--env <name>',
    words: 'use this environment of the configuration',
    completes: 'environment',
  },
  {
    term: '--select <domain/key=provider>',
    words: 'pin a provider, above the configuration',
    repeatable: true,
    completes: 'selection',
  },
  { term: '--stack-order <packages>', words: 'rank packages, as in "@acme/redis:20,@acme/disk:10"' },
];

/** Options that every command has. */
const COMMON_OPTIONS: readonly Term[] = [
  { term: '-q, --quiet', words: 'print data and errors only, no notes' },
  { term: '-v, --verbose', words: 'tell which files were read and how long it took' },
  { term: '-h, --help', words: 'show this help' },
];

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  ...DECIDE_COMMANDS,
  ...GATE_COMMANDS,
  ...PROJECT_COMMANDS,
  ...RUNNING_COMMANDS,
];

/** The options of a command: its own, those that choose a project where it has one, and those that every command has. */
export function optionsOf({ options, isAboutProject = true }: CommandSpec): readonly Term[] {
  const others = [...(isAboutProject ? PROJECT_OPTIONS : []), ...COMMON_OPTIONS];
  return [...options, ...others.filter(({ term }) => options.every((own) => own.term !== term))];
}
