import { Semaphore } from 'async-mutex';

/**
 * The hand-over of one contended queue, on a semaphore of one permit that starts out taken by whoever is inside.
 * The only place that imports `async-mutex`. Its queue never holds more than one entry, because at most one `whenFree`
 * is outstanding: who comes next is decided by our own queue, at the moment of the hand-over.
 */
export class Gate {
  readonly #semaphore = new Semaphore(0);

  /** Calls `fn` once, in a microtask of its own after the next {@link open}; the permit is then taken again. */
  whenFree(fn: () => void): void {
    void this.#semaphore.acquire().then(fn);
  }

  /** Whoever was inside is out. */
  open(): void {
    this.#semaphore.release();
  }
}
