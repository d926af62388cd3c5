import stringWidth from 'string-width';

import type { Output } from './host.js';

const DEFAULT_ROWS = 24;
const HOME = '\u001b[H';
const ERASE_BELOW = '\u001b[J';
const ERASE_TO_END_OF_LINE = '\u001b[K';
const HIDE_CURSOR = '\u001b[?25l';
const SHOW_CURSOR = '\u001b[?25h';
/** What is too wide is cut by the terminal, so that one line is one row; on again after every frame. */
const NO_WRAPPING = '\u001b[?7l';
const WRAPPING = '\u001b[?7h';
/** Terminals that know this show a frame at once; others pass it over. */
const BEGIN_FRAME = '\u001b[?2026h';
const END_FRAME = '\u001b[?2026l';

/**
 * A view of a terminal that is drawn over itself from its top, without the blank between two frames that flickers. What
 * was on the terminal before goes up into its history; the last frame stays, with the cursor below it, when this is
 * disposed.
 */
export class LiveScreen implements Disposable {
  readonly #output: Output;
  #shown: string | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  /** How many lines a frame may have: one less than the terminal, for the cursor that stays below it. */
  get most(): number {
    return Math.max(1, (this.#output.rows ?? DEFAULT_ROWS) - 1);
  }

  /** Draws a frame; nothing where it is the one that is there. */
  show(lines: readonly string[]): void {
    const columns = this.#output.columns ?? 80;
    // Behind a line that fills its row, the cursor stands on its last character.
    const ends = lines.map((line) => (stringWidth(line) < columns ? line + ERASE_TO_END_OF_LINE : line));
    const frame = `${HOME}${ends.join('\r\n')}\r\n${ERASE_BELOW}`;
    if (frame === this.#shown) return;
    const first = this.#shown === undefined ? `${HIDE_CURSOR}${'\n'.repeat(this.most + 1)}` : '';
    this.#shown = frame;
    this.#output.write(`${first}${BEGIN_FRAME}${NO_WRAPPING}${frame}${WRAPPING}${END_FRAME}`);
  }

  /** The terminal has changed: the next frame is drawn on nothing. */
  reset(): void {
    if (this.#shown === undefined) return;
    this.#shown = '';
    this.#output.write(`${HOME}${ERASE_BELOW}`);
  }

  [Symbol.dispose](): void {
    if (this.#shown !== undefined) this.#output.write(SHOW_CURSOR);
    this.#shown = undefined;
  }
}
