import type { Explanation } from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { FORMATS } from '../formats.js';
import { readDomain } from '../read-domain.js';
import { readFormat } from '../read-format.js';
import type { ListRows } from '../renderers/list-rows.js';
import type { Screen } from '../screen.js';

/** `oneiric list`: it works whenever the configuration loads, whatever wins. */
export async function run(
  input: CommandInput,
  { openWorld, screen, print, note }: CommandContext,
): Promise<ExitCode> {
  const format = readFormat(input, 'list');
  const world = await openWorld();
  const explanations = world.snapshot
    .keys(readDomain(input, world))
    .map(({ domain, key }) => world.snapshot.explain(domain, key));
  const rows = input.flag('shadowed') ? 'losers' : 'winners';
  const rendered = await render(explanations, rows, format, world.snapshot.revision, screen);
  if (rendered !== undefined) print(rendered);
  else note(explanations.length === 0 ? `the ${world.kind} has no candidates` : 'nothing is shadowed');
  return EXIT.ok;
}

/** Undefined where there is no row. */
async function render(
  explanations: readonly Explanation[],
  rows: ListRows,
  format: (typeof FORMATS)['list'][number],
  revision: number,
  screen: Screen,
): Promise<string | undefined> {
  switch (format) {
    case 'text':
    case 'table':
      return (await import('../renderers/list-table.js')).listTable(explanations, rows, screen);
    case 'json':
      return JSON.stringify(
        (await import('../renderers/list-json.js')).listJson(revision, explanations),
        null,
        2,
      );
    case 'markdown':
      return (await import('../renderers/list-markdown.js')).listMarkdown(explanations, rows);
    default:
      return format satisfies never;
  }
}
