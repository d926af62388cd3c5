/** What an entry carries so that it can be taken out of the middle of a {@link WaitQueue} in constant time. */
export interface QueueLinks<T> {
  before: T | undefined;
  after: T | undefined;
}

/** A first-in first-out queue, linked through its entries: push, shift and remove take constant time. */
export class WaitQueue<T extends QueueLinks<T>> {
  #first: T | undefined;
  #last: T | undefined;
  #size = 0;

  get first(): T | undefined {
    return this.#first;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds an entry that is in no queue at the end. */
  push(entry: T): void {
    entry.before = this.#last;
    if (this.#last === undefined) this.#first = entry;
    else this.#last.after = entry;
    this.#last = entry;
    this.#size++;
  }

  /** Takes the first entry out. */
  shift(): T | undefined {
    const first = this.#first;
    if (first !== undefined) this.remove(first);
    return first;
  }

  /** Takes an entry of this queue out, wherever it stands. */
  remove(entry: T): void {
    if (entry.before === undefined) this.#first = entry.after;
    else entry.before.after = entry.after;
    if (entry.after === undefined) this.#last = entry.before;
    else entry.after.before = entry.before;
    entry.before = undefined;
    entry.after = undefined;
    this.#size--;
  }

  *[Symbol.iterator](): Generator<T, void> {
    for (let entry = this.#first; entry !== undefined; entry = entry.after) yield entry;
  }
}
