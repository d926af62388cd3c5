import type { Explanation } from '@oneiric/core';

import { renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';
import { type ListRows, listRows } from './list-rows.js';

/** A row for every key or loser, under headings; undefined where there is none. */
export function listTable(
  explanations: readonly Explanation[],
  rows: ListRows,
  screen: Screen,
): string | undefined {
  const { headings, cells } = listRows(explanations, rows);
  if (cells.length === 0) return undefined;
  return renderTable(
    headings.map((heading) => heading.toUpperCase()),
    cells,
    screen,
  );
}
