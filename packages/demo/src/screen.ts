import { stripVTControlCharacters, styleText } from 'node:util';

/** How wide a report may be, and how its words may look. Colour only repeats what the words say. */
export interface Screen {
  readonly width: number;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
}

const NARROWEST = 30;
/** Lines longer than this are hard to read, however wide the terminal is. */
const WIDEST = 100;
const WHERE_UNKNOWN = 80;

/** What a stream can show: the colours that its terminal has and its reader wants (`NO_COLOR`), none in a pipe. */
export function createScreen(
  stream: Partial<Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'hasColors'>>,
): Screen {
  const hasColour = stream.isTTY === true && stream.hasColors?.() === true;
  const columns = stream.columns ?? WHERE_UNKNOWN;
  return screenOf(Math.min(Math.max(columns, NARROWEST), WIDEST), hasColour);
}

export function screenOf(width: number, hasColour: boolean): Screen {
  const paint = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    hasColour ? styleText(format, text, { validateStream: false }) : text;
  return {
    width,
    strong: paint('bold'),
    faint: paint('dim'),
    good: paint('green'),
    bad: paint('red'),
    warn: paint('yellow'),
  };
}

/** How many columns a text takes; ours have no wide characters. */
export function widthOf(text: string): number {
  return stripVTControlCharacters(text).length;
}
