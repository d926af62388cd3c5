import type { Explanation } from '@oneiric/core';

import { type ListRows, listRows } from './list-rows.js';
import { markdownCode, markdownTable, markdownText } from './markdown.js';

const IS_NAME = new Set(['key', 'winner', 'shadowed', 'lost to', 'from']);

/** A list as a table of Markdown; undefined where it has no row. */
export function listMarkdown(explanations: readonly Explanation[], rows: ListRows): string | undefined {
  const { headings, cells } = listRows(explanations, rows);
  const table = markdownTable(
    headings,
    cells.map((row) =>
      row.map((cell, column) =>
        IS_NAME.has(headings[column] ?? '') && !cell.startsWith('(')
          ? markdownCode(cell)
          : markdownText(cell),
      ),
    ),
  );
  return table.length === 0 ? undefined : table.join('\n');
}
