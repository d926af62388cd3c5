/** Counts who is inside at once, and in which order they came in. */
export class Occupancy {
  readonly order: string[] = [];
  readonly #inside = new Set<string>();
  #peak = 0;

  /** The most that were ever inside together. */
  get peak(): number {
    return this.#peak;
  }

  /** A body that is inside for `turns` turns of the microtask queue and two of the event loop. */
  readonly body =
    (name: string, turns = 3) =>
    async (): Promise<void> => {
      this.order.push(name);
      this.#inside.add(name);
      this.#peak = Math.max(this.#peak, this.#inside.size);
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      for (let turn = 0; turn < 2; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
      this.#inside.delete(name);
    };
}
