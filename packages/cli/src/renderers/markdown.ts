import { printable } from '@oneiric/core';

/** Text that Markdown shows as it is, in a paragraph or in a cell of a table. */
export function markdownText(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>#|~$&!]/g, '\\$&');
}

/**
 * A name in Markdown's code form, so that nothing in it becomes a link or a mention of a person. Also in a cell of a
 * table, where a bar is escaped even inside of code.
 */
export function markdownCode(text: string): string {
  const shown = printable(text);
  if (shown === '') return '';
  // Readers differ in what an escaped bar behind a backslash is, inside of code.
  if (shown.includes('\\|')) return markdownText(shown);
  const runs = Array.from(shown.matchAll(/`+/g), ([run]) => run.length);
  const fence = '`'.repeat(Math.max(0, ...runs) + 1);
  const gap = shown.startsWith('`') || shown.endsWith('`') ? ' ' : '';
  return fence + gap + shown.replaceAll('|', '\\|') + gap + fence;
}

/** A table of cells that are Markdown already; empty where there is no row. */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(headings), line(headings.map(() => '---')), ...rows.map(line)];
}

/** Blocks with one empty line between them; empty ones are left out. */
export function markdownBlocks(blocks: readonly (readonly string[])[]): string {
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}
