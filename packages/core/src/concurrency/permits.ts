import { type Abortable, unwatchAbort, watchAbort } from './abort-watch.js';
import { type QueueLinks, WaitQueue } from './wait-queue.js';

/**
 * Lets at most `limit` things run at a time; first come, first served.
 *
 * Not reentrant: whoever holds a permit and asks for another waits like a stranger, for ever if all holders do so.
 */
export class Permits {
  readonly #limit: number;
  #taken = 0;
  readonly #queue = new WaitQueue<Waiting>();

  /** @param limit a whole number from 1 up */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many permits are taken. */
  get taken(): number {
    return this.#taken;
  }

  /** How many wait for one. */
  get waiting(): number {
    return this.#queue.size;
  }

  /**
   * Calls `fn` as soon as there is a permit for it, at once where one is free, and gives the permit back when `fn`
   * returned, threw, or its promise settled. Settles as `fn` does.
   *
   * An aborted `signal` ends the wait, which then rejects with its reason; `fn` is never called after the abort. What
   * is running is not ended: heeding the signal is up to `fn`.
   */
  async run<T>(fn: () => Promise<T> | T, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    // While somebody waits all are taken: a permit that comes back goes to whoever is first.
    if (this.#taken < this.#limit) this.#taken++;
    else await this.#turn(signal);
    try {
      signal?.throwIfAborted();
      return await fn();
    } finally {
      this.#pass();
    }
  }

  #turn(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push(new Waiting(this.#queue, signal, resolve, reject));
    });
  }

  #pass(): void {
    const next = this.#queue.first;
    if (next === undefined) this.#taken--;
    else next.grant();
  }
}

/** One who waits; leaves the queue and its signal when the wait ends, whichever way. */
class Waiting implements QueueLinks<Waiting>, Abortable {
  before: Waiting | undefined = undefined;
  after: Waiting | undefined = undefined;
  readonly #queue: WaitQueue<Waiting>;
  readonly #signal: AbortSignal | undefined;
  readonly #resolve: () => void;
  readonly #reject: (reason: unknown) => void;

  constructor(
    queue: WaitQueue<Waiting>,
    signal: AbortSignal | undefined,
    resolve: () => void,
    reject: (reason: unknown) => void,
  ) {
    this.#queue = queue;
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    if (signal !== undefined) watchAbort(signal, this);
  }

  grant(): void {
    this.#queue.remove(this);
    if (this.#signal !== undefined) unwatchAbort(this.#signal, this);
    this.#resolve();
  }

  abort(reason: unknown): void {
    this.#queue.remove(this);
    this.#reject(reason);
  }
}
