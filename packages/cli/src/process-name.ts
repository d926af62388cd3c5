/** How `--attach` names a process. */
export type ProcessTarget = number | string | { readonly name: string };

/**
 * Does a word name a process by itself, by its pid or by the path of its socket? `--attach` takes the next word only
 * then, so that `status --attach adapter/cache` asks about a key whatever processes there are. The name of a process is
 * therefore given in one word, `--attach=orders`.
 */
export function isProcessWord(word: string | undefined): boolean {
  return word !== undefined && typeof processTarget(word) !== 'object';
}

/**
 * The process that the value of `--attach` means. Digits are a pid; what begins with `/`, `./` or `../`, or ends in
 * `.sock`, is a path; all else is what a process calls itself.
 */
export function processTarget(value: string): ProcessTarget {
  if (/^\d+$/.test(value)) return Number(value);
  return /^(\.{0,2}\/|.*\.sock$)/s.test(value) ? value : { name: value };
}
