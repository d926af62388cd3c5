import stringWidth from 'string-width';

/** Breaks a text at spaces into lines of at most `width` columns; a longer word stays whole. */
export function wrap(
  text: string,
  width: number,
  indent: { readonly first: string; readonly rest: string } = { first: '', rest: '' },
): readonly string[] {
  const lines: string[] = [];
  let line = indent.first;
  let empty = true;
  for (const word of text.split(' ')) {
    if (!empty && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line);
      line = indent.rest;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
