/** How words are painted. Colour only repeats what the words say, so all of it may be left out. */
export interface TextPalette {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly warn: (text: string) => string;
}

const asItIs = (text: string): string => text;

/** No colour at all. */
export const PLAIN_PALETTE: TextPalette = {
  strong: asItIs,
  faint: asItIs,
  good: asItIs,
  bad: asItIs,
  warn: asItIs,
};
