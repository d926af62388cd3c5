import { assertSignal } from './lock-options.js';
import { SnapshotChanges } from './snapshot-changes.js';

/**
 * One immutable value that a single writer replaces and any number of readers see: always a whole one, without a lock,
 * without a copy. That the value is immutable, and that one writer (say, who holds a lock) publishes, is up to the user.
 */
export class SnapshotCell<T> {
  #value: T;
  #version = 0;
  readonly #waiting = new Set<() => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  /** The value published last. Returns the very object, at once, and never half of a change. */
  read(): T {
    return this.#value;
  }

  /** Replaces the value; every later `read` sees it, and whoever iterates is told. Never throws and runs nobody's code. */
  publish(next: T): void {
    this.#value = next;
    this.#version++;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /**
   * Iterates over what is published after this call; `read()` has what was published before it. A consumer that is
   * slower than the writer gets the latest value and misses those between; nothing is queued, and an iterator that is
   * not being awaited costs the writer nothing.
   *
   * Goes on until the consumer breaks off. When `signal` is aborted, the iteration throws `signal.reason`.
   *
   * @throws `ONEIRIC_LOCK_OPTION_INVALID` for what is no signal
   */
  changes(signal?: AbortSignal): AsyncIterableIterator<T> {
    if (signal !== undefined) assertSignal(signal);
    return new SnapshotChanges(
      {
        read: () => ({ value: this.#value, version: this.#version }),
        waiting: this.#waiting,
      },
      signal,
    );
  }
}
