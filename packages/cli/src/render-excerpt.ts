import type { SourceLine } from '@oneiric/core';
import stringWidth from 'string-width';

import type { Screen } from './screen.js';

export interface Place {
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
/** What is shown of a long line before the place in question, where there is room for it. */
const LEAD = 20;

/** Lines of a file with their numbers, cut to the screen, and a mark under the place. */
export function renderExcerpt(
  lines: readonly SourceLine[],
  place: Place | undefined,
  screen: Screen,
): readonly string[] {
  const gutter = String(lines.at(-1)?.number ?? '').length + 2;
  const room = screen.width - gutter - 3;
  const { column } = place ?? {};
  const start =
    column !== undefined && column > room ? column - 1 - Math.min(LEAD, Math.floor((room * 2) / 3)) : 0;
  return lines.flatMap(({ number, text }) => {
    const shown = clip(visible(text), start, room);
    const numbered = screen.faint(`${String(number).padStart(gutter)} | `) + shown;
    if (number !== place?.line || column === undefined) return [numbered];
    const before = stringWidth(visible(text).slice(start, column - 1));
    return [numbered, `${' '.repeat(gutter)} ${screen.faint('|')} ${' '.repeat(before)}${screen.bad('^')}`];
  });
}

/** Something visible, as long as it was, for each character that is not, so that columns stay where they are. */
function visible(text: string): string {
  return text.replaceAll('\t', ' ').replace(INVISIBLE, ({ length }) => '·'.repeat(length));
}

function clip(text: string, start: number, room: number): string {
  let shown = text.slice(start, start + room);
  while (stringWidth(shown) > room) shown = shown.slice(0, -1);
  return shown.trimEnd();
}
