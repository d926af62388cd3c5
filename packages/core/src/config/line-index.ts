import { redactText } from '../security/redact.js';
import type { SourceLine } from './config-problem.js';

/** Turns offsets in a text into lines and columns, both from 1. */
export class LineIndex {
  readonly #text: string;
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#starts = [0, ...Array.from(text.matchAll(/\r\n|\r|\n/g), (end) => end.index + end[0].length)];
  }

  placeOf(offset: number): { readonly line: number; readonly column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }

  /** The line and the one before it, as far as they exist, without what looks like a secret. */
  excerpt(line: number): readonly SourceLine[] {
    return [line - 1, line]
      .filter((number) => number >= 1 && number <= this.#starts.length)
      .map((number) => ({ number, text: this.#lineText(number) }));
  }

  /** Whether the line at `offset` shows `text`: what looks like a secret is no more told than shown. */
  shows(text: string, offset: number): boolean {
    return this.#lineText(this.placeOf(offset).line).includes(text);
  }

  #lineText(number: number): string {
    return redactText(
      this.#text.slice(this.#starts[number - 1], this.#starts[number]).replace(/[\r\n]+$/, ''),
    );
  }
}
