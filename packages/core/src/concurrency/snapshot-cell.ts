
/**
 * One immutable value that one writer replaces and any number of readers see: whole, without a lock, without a copy.
 */
export class SnapshotCell<T> {
  #value: T;
  #version = 0;
  readonly #waiting = new Set<() => void>();

  constructor(initial: T) {
    this.#value = initial;
  }

  read(): T {
    return this.#value;
  }

  publish(next: T): void {
    this.#value = next;
    this.#version++;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }
}
