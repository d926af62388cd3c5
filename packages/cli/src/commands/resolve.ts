import { type Explanation, ResolutionError } from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { exitCodeOf, type ExitCode } from '../exit-code.js';
import type { FORMATS } from '../formats.js';
import { readKeyName } from '../read-key-name.js';
import { readFormat } from '../read-format.js';
import { readRequest } from '../read-request.js';
import type { Screen } from '../screen.js';

/** `oneiric resolve`: the provider's name alone on stdout; where nothing wins, the reason on stderr. */
export async function run(
  input: CommandInput,
  { openWorld, screen, print, note }: CommandContext,
): Promise<ExitCode> {
  const format = readFormat(input, 'resolve');
  const { snapshot } = await openWorld();
  const { domain, key } = readKeyName(input, 'resolve', snapshot);
  const explanation = snapshot.explain(domain, key, readRequest(input));
  const rendered = await render(explanation, format, screen);
  if (rendered !== undefined) print(rendered);
  if (explanation.winner === null) throw new ResolutionError(explanation);
  if (explanation.outcome === 'tie') note(explanation.summary);
  return exitCodeOf(explanation, input.flag('fail-on-tie'));
}

/** Undefined where nothing won and this form has no way to say so. */
async function render(
  explanation: Explanation,
  format: (typeof FORMATS)['resolve'][number],
  screen: Screen,
): Promise<string | undefined> {
  const row = explanation.winner === null ? [] : [explanation];
  switch (format) {
    case 'text':
      return explanation.winner?.provider;
    case 'table':
      return (await import('../renderers/list-table.js')).listTable(row, 'winners', screen);
    case 'json':
      return JSON.stringify((await import('../renderers/winner-json.js')).winnerJson(explanation), null, 2);
    case 'markdown':
      return (await import('../renderers/list-markdown.js')).listMarkdown(row, 'winners');
    default:
      return format satisfies never;
  }
}
