/**
 * How many components have the very same instance: a factory may give one that it made before, or that another factory
 * gives as well. Such a one is closed when the last of them is done with it.
 */
export class InstanceUsers {
  readonly #counts = new WeakMap<object, number>();

  add(instance: unknown): void {
    if (isCounted(instance)) this.#counts.set(instance, (this.#counts.get(instance) ?? 0) + 1);
  }

  /** One less; true where that was the last. */
  remove(instance: unknown): boolean {
    if (!isCounted(instance)) return true;
    const left = (this.#counts.get(instance) ?? 1) - 1;
    this.#counts.set(instance, left);
    return left <= 0;
  }
}

function isCounted(instance: unknown): instance is object {
  return (typeof instance === 'object' && instance !== null) || typeof instance === 'function';
}
