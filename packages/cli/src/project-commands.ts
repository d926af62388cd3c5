import type { CommandSpec } from './command.js';
import { SHELLS } from './completion/shells.js';

/** The commands about the project and this program. */
export const PROJECT_COMMANDS: readonly CommandSpec[] = [
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
