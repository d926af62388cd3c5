import stringWidth from 'string-width';

import type { Screen } from './screen.js';
import { wrap } from './wrap.js';

const GAP = '  ';
/** Where less than this is left for the last column, a table is shown as one block for each row. */
const NARROWEST_COLUMN = 16;

/**
 * Rows under headings, no wider than the screen: the last column is wrapped, and where that does not do, every row
 * becomes a block of its own, without its empty cells. No cell is cut.
 */
export function renderTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  screen: Screen,
): string {
  const widths = columnWidths(headings, rows);
  const fixed = fixedWidth(widths);
  if (!fitsAsTable(headings, rows, screen)) return renderBlocks(headings, rows, screen);
  const line = (cells: readonly string[]): string => {
    const start = cells.slice(0, -1).map((cell, column) => pad(cell, widths[column] ?? 0) + GAP);
    return wrap(cells.at(-1) ?? '', screen.width, { first: start.join(''), rest: ' '.repeat(fixed) }).join(
      '\n',
    );
  };
  return [screen.faint(line(headings).trimEnd()), ...rows.map((row) => line(row).trimEnd())].join('\n');
}

/** Is the screen wide enough for rows under headings? */
export function fitsAsTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  screen: Pick<Screen, 'width'>,
): boolean {
  const widths = columnWidths(headings, rows);
  return screen.width - fixedWidth(widths) >= Math.min(NARROWEST_COLUMN, widths.at(-1) ?? 0);
}

function columnWidths(headings: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  return headings.map((heading, column) =>
    Math.max(stringWidth(heading), ...rows.map((row) => stringWidth(row[column] ?? ''))),
  );
}

/** Of all columns but the last, which is wrapped. */
function fixedWidth(widths: readonly number[]): number {
  return widths.slice(0, -1).reduce((sum, width) => sum + width + GAP.length, 0);
}

function renderBlocks(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  screen: Screen,
): string {
  const label = Math.max(...headings.map((heading) => stringWidth(heading))) + GAP.length;
  const block = (row: readonly string[]): string =>
    headings
      .flatMap((heading, column) => {
        if ((row[column] ?? '') === '') return [];
        const first = screen.faint(pad(heading, label));
        return wrap(row[column] ?? '', screen.width, { first, rest: ' '.repeat(label) }).map((line) =>
          line.trimEnd(),
        );
      })
      .join('\n');
  return rows.map(block).join('\n\n');
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)));
}
