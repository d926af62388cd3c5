import type { DependencyGraph } from '@oneiric/core';

import { renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';
import { graphRows } from './graph-rows.js';

/** A row for every need; undefined where the graph has no key. */
export function graphTable(graph: DependencyGraph, screen: Screen): string | undefined {
  const { headings, cells } = graphRows(graph);
  if (cells.length === 0) return undefined;
  return renderTable(
    headings.map((heading) => heading.toUpperCase()),
    cells,
    screen,
  );
}
