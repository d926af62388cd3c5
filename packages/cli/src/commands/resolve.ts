import { ResolutionError } from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { exitCodeOf, type ExitCode } from '../exit-code.js';
import { readKeyName } from '../key-name.js';
import { readRequest } from '../read-request.js';
import { winnerJson } from '../render-winner-json.js';

/** `oneiric resolve`: the provider's name alone on stdout; where nothing wins, the reason on stderr. */
export async function run(
  input: CommandInput,
  { openProject, print, note }: CommandContext,
): Promise<ExitCode> {
  const project = await openProject();
  const { domain, key } = readKeyName(input, 'resolve', project);
  const explanation = project.registry.explain(domain, key, readRequest(input));
  if (input.flag('json')) print(JSON.stringify(winnerJson(explanation), null, 2));
  else if (explanation.winner !== null) print(explanation.winner.provider);
  if (explanation.winner === null) throw new ResolutionError(explanation);
  if (explanation.outcome === 'tie') note(explanation.summary);
  return exitCodeOf(explanation, input.flag('fail-on-tie'));
}
