import { unwatchAbort, watchAbort, type Abortable } from './abort-watch.js';

/** What an iteration needs of its cell. */
export interface SnapshotSource<T> {
  read(): { readonly value: T; readonly version: number };
  /** Each is called once, after the next publication. */
  readonly waiting: Set<() => void>;
}

/** The iteration behind `SnapshotCell.changes`. Calls of `next` that overlap are answered in order, each by a later value. */
export class SnapshotChanges<T> implements AsyncIterableIterator<T>, Abortable {
  readonly #source: SnapshotSource<T>;
  readonly #signal: AbortSignal | undefined;
  #seen: number;
  #done = false;
  #last: Promise<unknown> = Promise.resolve();
  /** Ends the waiting of the call that waits. */
  #wake: (() => void) | undefined;

  constructor(source: SnapshotSource<T>, signal: AbortSignal | undefined) {
    this.#source = source;
    this.#signal = signal;
    this.#seen = source.read().version;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const result = this.#last.then(() => this.#advance());
    this.#last = result.catch(() => undefined);
    return result;
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.#done = true;
    this.#wake?.();
    return Promise.resolve({ done: true, value: undefined });
  }

  abort(): void {
    this.#wake?.();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #advance(): Promise<IteratorResult<T, undefined>> {
    const signal = this.#signal;
    if (!this.#done && signal?.aborted !== true && this.#source.read().version === this.#seen) {
      await this.#publication(signal);
    }
    if (this.#done) return { done: true, value: undefined };
    if (signal?.aborted === true) {
      this.#done = true;
      throw signal.reason;
    }
    const { value, version } = this.#source.read();
    this.#seen = version;
    return { done: false, value };
  }

  #publication(signal: AbortSignal | undefined): Promise<void> {
    const { waiting } = this.#source;
    return new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(wake);
        if (signal !== undefined) unwatchAbort(signal, this);
        this.#wake = undefined;
        resolve();
      };
      this.#wake = wake;
      waiting.add(wake);
      if (signal !== undefined) watchAbort(signal, this);
    });
  }
}
