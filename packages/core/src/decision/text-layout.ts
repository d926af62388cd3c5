import { PLAIN_PALETTE, type TextPalette } from './text-palette.js';

const GAP = '  ';

/** How a text is to be laid out. */
export interface LayoutOptions {
  /** Columns to stay within; only a word that is wider exceeds them. Default: 80. */
  readonly width?: number;
  /** How words are painted. Default: not at all. */
  readonly palette?: TextPalette;
  /** How many columns an unpainted text takes. Default: one for each code point, which is right for every name. */
  readonly measure?: (text: string) => number;
}

/** How a text is laid out. */
export interface Layout extends TextPalette {
  /** Columns. */
  readonly width: number;
  /** How many columns an unpainted text takes. */
  readonly measure: (text: string) => number;
}

/** A text and how it is painted; measured before, painted after it has found its place. */
export interface Span {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** The layout with all defaults filled in. */
export function layoutOf({
  width = 80,
  palette = PLAIN_PALETTE,
  measure = countCodePoints,
}: LayoutOptions): Layout {
  const { strong, faint, good, bad, warn } = palette;
  return { width, measure, strong, faint, good, bad, warn };
}

function countCodePoints(text: string): number {
  return Array.from(text).length;
}

/** Lines under a title; none where there are none. */
export function titled(title: string, lines: readonly string[], layout: Layout): readonly string[] {
  return lines.length === 0 ? [] : [...wrap(title, layout).map(layout.strong), ...lines];
}

/** Sections with one empty line between them; empty ones are left out. */
export function paragraphs(sections: readonly (readonly string[])[]): string {
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

/** A text broken at spaces into lines that fit; a word that is wider than a line stays whole. */
export function wrap(text: string, layout: Layout, first = '', rest = first): string[] {
  return fill(wordsOf({ text }), layout, first, rest);
}

/** Texts one after the other after a label, `label a · b · c`, each kept on one line where it fits. */
export function wrapLabelled(
  label: string,
  parts: readonly Span[],
  layout: Layout,
  first = '',
  rest = first,
): string[] {
  return fill([...wordsOf({ text: label }), ...unbroken(parts, layout, rest)], layout, first, rest);
}

/** Texts one after the other, `a · b · c`, each kept on one line where it fits. */
export function wrapParts(parts: readonly Span[], layout: Layout, first = '', rest = first): string[] {
  return fill(unbroken(parts, layout, rest), layout, first, rest);
}

function unbroken(parts: readonly Span[], layout: Layout, rest: string): Span[] {
  const room = layout.width - layout.measure(rest);
  return parts.flatMap((part, index) => {
    const span = index === parts.length - 1 ? part : { ...part, text: `${part.text} ·` };
    return layout.measure(span.text) <= room ? [span] : wordsOf(span);
  });
}

function wordsOf({ text, ...paint }: Span): Span[] {
  return text.split(' ').map((word) => ({ text: word, ...paint }));
}

function fill(spans: readonly Span[], { width, measure }: Layout, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = first;
  let used = measure(first);
  let isEmpty = true;
  for (const span of spans) {
    const needed = measure(span.text);
    if (!isEmpty && used + 1 + needed > width) {
      lines.push(line);
      line = rest;
      used = measure(rest);
      isEmpty = true;
    }
    line += (isEmpty ? '' : ' ') + painted(span);
    used += (isEmpty ? 0 : 1) + needed;
    isEmpty = false;
  }
  return [...lines, line];
}

function painted({ text, paint }: Span): string {
  return paint === undefined ? text : paint(text);
}

/** Rows in columns; undefined where they would be wider than the layout. Numbers stand to the right. */
export function table(
  rows: readonly (readonly Span[])[],
  layout: Layout,
  indent: string,
): string[] | undefined {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => layout.measure(row[column]?.text ?? ''))),
  );
  const total = widths.reduce((sum, width) => sum + width + GAP.length, indent.length - GAP.length);
  if (total > layout.width) return undefined;
  const isNumeric = widths.map((_, column) =>
    rows.slice(1).every((row) => /^-?\d+$/.test(row[column]?.text ?? '')),
  );
  return rows.map((row) => {
    const cells = row.map((span, column) => {
      const padding = ' '.repeat((widths[column] ?? 0) - layout.measure(span.text));
      return isNumeric[column] === true ? padding + painted(span) : painted(span) + padding;
    });
    return (indent + cells.join(GAP)).trimEnd();
  });
}
