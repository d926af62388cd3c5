import type { CommandInput } from './command.js';
import type { ProjectChoice } from './open-project.js';

/** The choice that the options which every command has make. */
export function readProjectChoice(input: CommandInput): ProjectChoice {
  return {
    cwd: input.text('cwd'),
    file: input.text('config'),
    environment: input.text('env'),
    selections: input.texts('select'),
    stackOrder: input.text('stack-order'),
  };
}
