import type { LineIndex } from './line-index.js';
import { type ConfigPath, formatPath } from './config-path.js';

/** What is wrong with the text itself, before anyone asks what it means. */
export interface TextProblem {
  readonly path: ConfigPath;
  readonly offset: number;
  readonly found: string;
  readonly expected: string;
}

/** The content of a YAML or JSON file, with the place of everything in it. */
export class ConfigDocument {
  value: unknown = {};
  /** Whether the text could be read; what is wrong otherwise is wrong in single places of it. */
  isReadable = true;
  readonly lines: LineIndex;
  readonly problems: TextProblem[] = [];
  readonly #keys = new Map<string, number>();
  readonly #values = new Map<string, number>();

  constructor(lines: LineIndex) {
    this.lines = lines;
  }

  setKey(path: ConfigPath, offset: number): void {
    this.#keys.set(formatPath(path), offset);
  }

  setValue(path: ConfigPath, offset: number): void {
    this.#values.set(formatPath(path), offset);
  }

  /** Where the value at `path` starts, or its key; that of the nearest value around it where it is absent itself. */
  offsetOf(path: ConfigPath, part: 'key' | 'value'): number {
    for (let length = path.length; length >= 0; length--) {
      const text = formatPath(path.slice(0, length));
      const offset =
        (part === 'key' && length === path.length ? this.#keys.get(text) : undefined) ??
        this.#values.get(text);
      if (offset !== undefined) return offset;
    }
    return 0;
  }

  /** The key at `path` comes a second time, at `offset`. Call it before the second place replaces the first. */
  addDuplicate(path: ConfigPath, offset: number): void {
    const first = this.lines.placeOf(this.offsetOf(path, 'key'));
    this.addProblem(
      path,
      offset,
      `this key a second time (first in line ${String(first.line)})`,
      'every key once',
    );
  }

  /** The text as a whole cannot be read, from `offset` on. */
  giveUp(offset: number, found: string, expected: string, path: ConfigPath = []): void {
    this.isReadable = false;
    this.addProblem(path, offset, found, expected);
  }

  addProblem(path: ConfigPath, offset: number, found: string, expected: string): void {
    this.problems.push({ path, offset, found, expected });
  }
}
