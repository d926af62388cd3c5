import { readFileSync, writeFileSync } from 'node:fs';

/** What a `console` block shows, and what was printed. */
export interface Session {
  readonly shown: string;
  readonly printed: string;
}

/** Replaces what the sessions of a section show, in their order: the same text may stand elsewhere, too. */
export function updateTranscript(file: string, title: string, sessions: readonly Session[]): void {
  let text = readFileSync(file, 'utf8');
  let from = text.indexOf(`## ${title}\n`);
  for (const { shown, printed } of sessions) {
    const at = text.indexOf(shown, from);
    if (at < 0) throw new Error(`${file} was changed while it was replayed`);
    text = text.slice(0, at) + printed + text.slice(at + shown.length);
    from = at + printed.length;
  }
  writeFileSync(file, text);
}
