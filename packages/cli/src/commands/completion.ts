import { nearestName } from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { completionScript } from '../completion/completion-script.js';
import { SHELLS } from '../completion/shells.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { usageError } from '../usage-error.js';

/** `oneiric completion`: the script for a shell. It needs no project. */
export async function run({ args }: CommandInput, { print }: CommandContext): Promise<ExitCode> {
  const [asked = ''] = args;
  const shell = SHELLS.find((each) => each === asked);
  if (shell === undefined) {
    const problem = `There is no completion for "${asked}"; there is one for ${SHELLS.join(', ')}`;
    throw usageError(problem, 'completion', nearestName(asked, SHELLS));
  }
  print(completionScript(shell));
  return EXIT.ok;
}
