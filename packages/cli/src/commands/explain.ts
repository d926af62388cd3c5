import { type Change, parseChange, renderText, renderWhyNot, whyNot } from '@oneiric/core';
import stringWidth from 'string-width';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, exitCodeOf, type ExitCode } from '../exit-code.js';
import { readKeyName } from '../key-name.js';
import { readRequest } from '../read-request.js';

/** `oneiric explain`: the decision with its reasons, in this world or in a changed one. */
export async function run(
  input: CommandInput,
  { openProject, screen, print }: CommandContext,
): Promise<ExitCode> {
  const changes = readChanges(input);
  const project = await openProject();
  const { domain, key } = readKeyName(input, 'explain', project);
  const explanation = project.registry.explain(domain, key, { ...readRequest(input), changes });
  const provider = input.text('why-not');
  const answer = provider === undefined ? undefined : whyNot(explanation, provider);
  const layout = { width: screen.width, palette: screen, measure: stringWidth };
  if (input.flag('json')) print(JSON.stringify({ ...explanation.toJSON(), whyNot: answer }, null, 2));
  else
    print(answer === undefined ? renderText(explanation, layout) : renderWhyNot(answer, explanation, layout));
  if (answer?.candidates.length === 0) return EXIT.nothingWon;
  return exitCodeOf(explanation, input.flag('fail-on-tie'));
}

/** The changes of `--if` in their order, then those of `--without`. */
function readChanges(input: CommandInput): readonly Change[] {
  const without = input.texts('without').map((provider): Change => ({ change: 'without', provider }));
  return [...input.texts('if').map((text) => parseChange(text)), ...without];
}
