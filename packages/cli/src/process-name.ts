/**
 * Does a word name a process, by its pid or by the path of its socket? `--attach` takes the next word only then, so that
 * `status --attach adapter/cache` asks about a key. A path begins with `/`, `./` or `../`, or ends in `.sock`.
 */
export function isProcessName(word: string | undefined): boolean {
  return word !== undefined && /^(\d+$|\.{0,2}\/|.*\.sock$)/s.test(word);
}
