const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/**
 * A text from elsewhere as one line that a terminal shows as it is. White space becomes single spaces; control
 * characters, escape sequences, direction marks and lone surrogates are written out, such as `\u{1b}`.
 */
export function printable(text: string): string {
  return writtenOut(text.replace(/\s+/gu, ' ').trim());
}

/** The text with every character that a terminal would not show as itself written out, such as `\u{1b}`. */
export function writtenOut(text: string): string {
  return text.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
