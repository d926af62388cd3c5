// eslint-disable-next-line no-control-regex -- what tells a terminal what to do starts with one
const SEQUENCE = /\u001b\[(\??)([\d;]*)([A-Za-z])/y;

/**
 * What a terminal shows after what was written to it: text, line ends, and the sequences that the command line uses. One
 * that it does not know is a mistake of the test, or of the command.
 */
export class TerminalScreen {
  readonly #columns: number;
  readonly #rows: string[][];
  #row = 0;
  #column = 0;
  #isWrapping = true;
  #unread = '';
  isCursorVisible = true;

  constructor(columns: number, rows: number) {
    this.#columns = columns;
    this.#rows = Array.from({ length: rows }, () => []);
  }

  write(text: string): void {
    const all = this.#unread + text;
    this.#unread = '';
    for (let at = 0; at < all.length; at++) {
      const character = all[at] ?? '';
      if (character === '\u001b') {
        SEQUENCE.lastIndex = at;
        const found = SEQUENCE.exec(all);
        if (found === null) {
          this.#unread = all.slice(at); // The rest of it comes later.
          return;
        }
        at += found[0].length - 1;
        this.#obey(`${found[1] ?? ''}${found[2] ?? ''}${found[3] ?? ''}`);
      } else if (character === '\r') this.#column = 0;
      else if (character === '\n') this.#nextRow();
      else this.#put(character);
    }
  }

  /** Without the empty lines at the end. */
  lines(): readonly string[] {
    const lines = this.#rows.map((row) =>
      Array.from(row, (character: string | undefined) => character ?? ' ')
        .join('')
        .trimEnd(),
    );
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  #obey(sequence: string): void {
    const row = this.#rows[this.#row] ?? [];
    if (sequence === 'H') [this.#row, this.#column] = [0, 0];
    else if (sequence === 'K') row.length = Math.min(row.length, this.#column);
    else if (sequence === '2K') row.length = 0;
    else if (sequence === 'J') {
      row.length = Math.min(row.length, this.#column);
      for (const below of this.#rows.slice(this.#row + 1)) below.length = 0;
    } else if (sequence === '?7l' || sequence === '?7h') this.#isWrapping = sequence === '?7h';
    else if (sequence === '?25l' || sequence === '?25h') this.isCursorVisible = sequence === '?25h';
    else if (!sequence.endsWith('m') && !sequence.startsWith('?2026'))
      throw new Error(`this terminal does not know ${sequence}`);
  }

  #put(character: string): void {
    if (this.#column >= this.#columns) {
      if (this.#isWrapping) {
        this.#column = 0;
        this.#nextRow();
      } else this.#column = this.#columns - 1;
    }
    const row = this.#rows[this.#row] ?? [];
    row[this.#column] = character;
    this.#column++;
  }

  #nextRow(): void {
    if (this.#row < this.#rows.length - 1) this.#row++;
    else {
      this.#rows.shift();
      this.#rows.push([]);
    }
  }
}
