import { Semaphore } from 'async-mutex';

/**
 * The hand-over of one contended queue, on a semaphore of one permit that starts out taken by whoever is inside.
 * The only place that imports `async-mutex`. Its queue never holds more than one entry, because at most one `arm` is
 * outstanding: who comes next is decided by our own queue, at the moment of the hand-over.
 */
export class Gate {
  readonly #semaphore = new Semaphore(0);
  readonly #onFree: () => void;

  /** @param onFree called in a microtask of its own after `open`, once for each `arm`; the permit is then taken again */
  constructor(onFree: (gate: Gate) => void) {
    this.#onFree = () => onFree(this);
  }

  /** Asks for the permit on behalf of the queue. */
  arm(): void {
    void this.#semaphore.acquire().then(this.#onFree);
  }

  /** Whoever was inside is out. */
  open(): void {
    this.#semaphore.release();
  }
}
