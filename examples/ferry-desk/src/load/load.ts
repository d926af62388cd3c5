import type { DeskClient } from './desk-client.js';
import type { Errand } from './load-plan.js';
import type { Passengers } from './passengers.js';

/** Runs errands, so many at a time, and tells those who wait when so many of them are done. */
export class Load {
  readonly client: DeskClient;
  readonly total: number;
  /** What was wrong with an answer, or why there was none. */
  readonly failures: unknown[] = [];
  readonly #passengers: Passengers;
  readonly #errands: Iterator<Errand>;
  readonly #waiting = new Set<{ readonly count: number; readonly resolve: () => void }>();
  #done = 0;

  constructor(client: DeskClient, passengers: Passengers, errands: readonly Errand[]) {
    this.client = client;
    this.#passengers = passengers;
    this.total = errands.length;
    this.#errands = errands[Symbol.iterator]();
  }

  get done(): number {
    return this.#done;
  }

  async run(concurrency: number): Promise<void> {
    await Promise.all(Array.from({ length: concurrency }, () => this.#work()));
  }

  /** Resolves when this part of the errands, 0…1, is done. */
  reached(part: number): Promise<void> {
    const count = Math.floor(this.total * part);
    if (this.#done >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add({ count, resolve }));
  }

  async #work(): Promise<void> {
    for (let next = this.#errands.next(); next.done !== true; next = this.#errands.next()) {
      await this.#passengers.run(next.value).catch((error: unknown) => this.failures.push(error));
      this.#done++;
      for (const waiting of this.#waiting) {
        if (this.#done < waiting.count) continue;
        this.#waiting.delete(waiting);
        waiting.resolve();
      }
    }
  }
}
