/** What an iteration needs of its cell. */
export interface SnapshotSource<T> {
  read(): { readonly value: T; readonly version: number };
  /** Each is called once, after the next publication. */
  readonly waiting: Set<() => void>;
}

/** The iteration behind `SnapshotCell.changes`. Calls of `next` that overlap are answered in order, each by a later value. */
export class SnapshotChanges<T> implements AsyncIterableIterator<T> {
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

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #advance(): Promise<IteratorResult<T, undefined>> {
    if (!this.#done && this.#signal?.aborted !== true && this.#source.read().version === this.#seen) {
      await this.#publication();
    }
    if (this.#done) return { done: true, value: undefined };
    if (this.#signal?.aborted === true) {
      this.#done = true;
      throw this.#signal.reason;
    }
    const { value, version } = this.#source.read();
    this.#seen = version;
    return { done: false, value };
  }

  #publication(): Promise<void> {
    const { waiting } = this.#source;
    return new Promise((resolve) => {
      const wake = (): void => {
        waiting.delete(wake);
        this.#signal?.removeEventListener('abort', wake);
        this.#wake = undefined;
        resolve();
      };
      this.#wake = wake;
      waiting.add(wake);
      this.#signal?.addEventListener('abort', wake);
    });
  }
}
