import { widthOf } from './screen.js';

/** Breaks a text at spaces into lines of at most `width` columns; a longer word is cut. */
export function wrap(
  text: string,
  width: number,
  first = '',
  rest = ' '.repeat(widthOf(first)),
): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ').flatMap((word) => cut(word, width - widthOf(rest)))) {
    if (!isEmpty && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

function cut(word: string, width: number): readonly string[] {
  if (widthOf(word) <= width) return [word];
  return word.match(new RegExp(`.{1,${width}}`, 'g')) ?? [];
}

/** A cell on the right of its column: numbers. */
export interface RightCell {
  readonly right: string;
}
export type Cell = string | RightCell;

const INDENT = '  ';

/**
 * Rows in columns. Where they are wider than the screen, every row becomes a paragraph: its first cell, then the
 * others one after the other.
 */
export function table(rows: readonly (readonly Cell[])[], width: number): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, cell] of row.entries())
      widths[column] = Math.max(widths[column] ?? 0, widthOf(textOf(cell)));
  }
  const lines = rows.map((row) =>
    (INDENT + row.map((cell, column) => pad(cell, widths[column] ?? 0)).join(INDENT)).trimEnd(),
  );
  if (lines.every((line) => widthOf(line) <= width)) return lines;
  return rows.flatMap((row) => {
    const [title = '', ...cells] = row.map(textOf);
    const text = `${title}: ${cells.filter((cell) => cell !== '').join(', ')}`;
    return wrap(text, width, INDENT, INDENT.repeat(2));
  });
}

function textOf(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.right;
}

function pad(cell: Cell, width: number): string {
  const text = textOf(cell);
  const space = ' '.repeat(width - widthOf(text));
  return typeof cell === 'string' ? text + space : space + text;
}
