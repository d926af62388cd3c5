import { createError, nearestName } from '@oneiric/core';

import { CLI_ERRORS } from '../cli-errors.js';
import type { CommandContext, CommandInput } from '../command.js';
import { completionScript } from '../completion/completion-script.js';
import { SHELLS } from '../completion/shells.js';
import { EXIT, type ExitCode } from '../exit-code.js';

/** `oneiric completion`: the script for a shell. It needs no project. */
export async function run({ args }: CommandInput, { print }: CommandContext): Promise<ExitCode> {
  const [asked = ''] = args;
  const shell = SHELLS.find((each) => each === asked);
  if (shell === undefined) {
    throw createError(CLI_ERRORS, 'ONEIRIC_CLI_USAGE', {
      problem: `There is no completion for "${asked}"; there is one for ${SHELLS.join(', ')}`,
      nearest: nearestName(asked, SHELLS),
      command: 'completion',
    });
  }
  print(completionScript(shell));
  return EXIT.ok;
}
