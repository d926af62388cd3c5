import type { DependencyGraph } from '@oneiric/core';

import { MISSING_WORDS, needCell } from './cells.js';
import { diagramMermaid } from './diagram-mermaid.js';
import { graphDiagram } from './graph-diagram.js';
import { graphRows } from './graph-rows.js';
import { shortPath } from './short-path.js';
import { markdownBlocks, markdownCode, markdownTable, markdownText } from './markdown.js';

/** A graph as a table, what is missing, the cycles, and a drawing that GitHub and GitLab show. */
export function graphMarkdown(graph: DependencyGraph): string {
  const drawing = ['```mermaid', ...diagramMermaid(graphDiagram(graph)).split('\n'), '```'];
  return markdownBlocks([...graphSections(graph), graph.explanations.size === 0 ? [] : drawing]);
}

/** The table, what is missing and the cycles. */
export function graphSections(graph: DependencyGraph): readonly (readonly string[])[] {
  const { headings, cells } = graphRows(graph);
  const rows = cells.map(([key = '', winner = '', needs = '', as = '', missing = '']) => [
    markdownCode(key),
    winner.startsWith('(') ? markdownText(winner) : markdownCode(winner),
    markdownCode(needs),
    markdownText(as),
    markdownText(missing),
  ]);
  const missing = graph.missing.map(
    (link) => `- ${markdownText(shortPath(link.path))}: ${needCell(link)}, ${MISSING_WORDS[link.state]}`,
  );
  const cycles = graph.cycles.map(({ path }) => `- ${markdownText(shortPath(path))}`);
  return [
    markdownTable(headings, rows),
    missing.length === 0 ? [] : ['**Missing**', '', ...missing],
    cycles.length === 0 ? [] : ['**Cycles**', '', ...cycles],
  ];
}
