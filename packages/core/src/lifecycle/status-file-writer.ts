import { sweepLeftovers } from '../foundation/write-file-whole.js';
import { callListener } from '../observability/listener-failure.js';
import type { StatusFile } from './saved-status.js';
import { writeStatusFile } from './status-file.js';

/**
 * Keeps one status file up to date: one write at a time, and of what came in the meantime only the newest. Nothing
 * waits for it, and but for a write that is under way nothing of it keeps the process alive.
 */
export class StatusFileWriter {
  readonly #path: string;
  readonly #onFailure: (error: unknown) => void;
  #next: (() => StatusFile) | undefined;
  #writing: Promise<void> | undefined;
  #isTidy = false;

  /** `onFailure` is told of every write that failed; the next one is tried all the same. */
  constructor(path: string, onFailure: (error: unknown) => void) {
    this.#path = path;
    this.#onFailure = onFailure;
  }

  /** Writes what `content` gives, as soon as the write before is over; it is called then, not now. */
  update(content: () => StatusFile): void {
    this.#next = content;
    this.#writing ??= this.#write();
  }

  /** Resolves when nothing is left to write, whether it could be written or not. */
  flush(): Promise<void> {
    return this.#writing ?? Promise.resolve();
  }

  async #write(): Promise<void> {
    // What changes in the same turn is one write.
    await Promise.resolve();
    for (let content = this.#take(); content !== undefined; content = this.#take()) {
      try {
        await writeStatusFile(this.#path, content());
        await this.#tidy();
      } catch (error) {
        callListener('lifecycle:status-file', this.#onFailure, error);
      }
    }
    this.#writing = undefined;
  }

  #take(): (() => StatusFile) | undefined {
    const content = this.#next;
    this.#next = undefined;
    return content;
  }

  /** Once: what processes that were killed in the middle of a write have left. */
  async #tidy(): Promise<void> {
    if (this.#isTidy) return;
    this.#isTidy = true;
    await sweepLeftovers(this.#path);
  }
}
