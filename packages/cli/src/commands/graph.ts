import { type DependencyGraph, dependencyGraph } from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import type { Format } from '../formats.js';
import { readDomain } from '../read-domain.js';
import { readFormat } from '../read-format.js';
import type { Screen } from '../screen.js';

/** `oneiric graph`: like `list`, it works whenever the configuration loads; `doctor` is what fails. */
export async function run(
  input: CommandInput,
  { openWorld, screen, print, note }: CommandContext,
): Promise<ExitCode> {
  const format = readFormat(input, 'graph');
  const world = await openWorld();
  const domain = readDomain(input, world);
  const graph = dependencyGraph(world.snapshot, domain);
  const isEmpty = graph.explanations.size === 0;
  if (isEmpty && format !== 'json') note(`the ${world.kind} has no candidates`);
  else print(await render(graph, format, world.snapshot.revision, screen));
  return EXIT.ok;
}

async function render(
  graph: DependencyGraph,
  format: Format,
  revision: number,
  screen: Screen,
): Promise<string> {
  switch (format) {
    case 'text':
      return (await import('../renderers/graph-text.js')).graphText(graph, screen);
    case 'table':
      return (await import('../renderers/graph-table.js')).graphTable(graph, screen) ?? '';
    case 'json':
      return JSON.stringify((await import('../renderers/graph-json.js')).graphJson(revision, graph), null, 2);
    case 'markdown':
      return (await import('../renderers/graph-markdown.js')).graphMarkdown(graph);
    case 'mermaid':
    case 'dot': {
      const { graphDiagram } = await import('../renderers/graph-diagram.js');
      const { renderDiagram } = await import('../renderers/render-diagram.js');
      return renderDiagram(graphDiagram(graph), format);
    }
    default:
      return format satisfies never;
  }
}
