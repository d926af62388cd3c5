import type { CommandSpec } from './command.js';
import { formatOption, JSON_OUTPUT } from './command-terms.js';
import { SHELLS } from './completion/shells.js';
import { FORMATS } from './formats.js';

/** The commands about the project and this program. */
export const PROJECT_COMMANDS: readonly CommandSpec[] = [
  {
    name: 'doctor',
    group: 'Project',
    summary: 'Say what is wrong with the project, or probably is; end with 2 where something is an error.',
    arguments: [],
    options: [formatOption(FORMATS.doctor), JSON_OUTPUT],
    examples: [
      { term: 'oneiric doctor', words: 'the project and each of its environments' },
      { term: 'oneiric doctor --env production', words: 'only this environment' },
    ],
    load: () => import('./commands/doctor.js'),
  },
  {
    name: 'plugins',
    group: 'Project',
    summary: 'List the plugins of the project, and what became of each.',
    arguments: [],
    options: [formatOption(FORMATS.plugins), JSON_OUTPUT],
    examples: [{ term: 'oneiric plugins', words: 'loaded, skipped or failed, and why' }],
    exits: [{ term: '0', words: 'also where a plugin failed: "oneiric doctor" ends with 2 then' }],
    load: () => import('./commands/plugins.js'),
  },
  {
    name: 'config',
    group: 'Project',
    summary: 'Print the merged configuration, and where each value was set.',
    arguments: [{ term: '[path]', words: 'one value, as selections.adapter.cache: what each layer gave' }],
    options: [formatOption(FORMATS.config), JSON_OUTPUT],
    examples: [
      { term: 'oneiric config', words: 'every value with its origin' },
      {
        term: 'oneiric config selections.adapter.cache',
        words: 'which layer gave which value, and which counts',
      },
      { term: 'oneiric config --env production', words: 'as production has it' },
    ],
    load: () => import('./commands/config.js'),
  },
  {
    name: 'completion',
    group: 'Project',
    summary: 'Print the script that makes a shell complete commands, options and names.',
    arguments: [{ term: '<shell>', words: SHELLS.join(', '), completes: SHELLS }],
    options: [],
    examples: [
      { term: 'oneiric completion bash', words: 'in ~/.bashrc: eval "$(oneiric completion bash)"' },
      {
        term: 'oneiric completion zsh',
        words: 'in ~/.zshrc, after compinit: eval "$(oneiric completion zsh)"',
      },
      { term: 'oneiric completion fish', words: 'in config.fish: oneiric completion fish | source' },
    ],
    load: () => import('./commands/completion.js'),
  },
];
