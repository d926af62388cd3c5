import { setTimeout } from 'node:timers/promises';

import { Adapter } from '../adapter.js';
import type { Payments } from './payments.js';

/** Simulated: nobody pays. It takes as long as a gateway would, so that a swap finds payments under way. */
export class Till extends Adapter implements Payments {
  /** What all tills of this process hold. */
  static cents = 0;

  readonly #prefix: string;
  readonly #delayMs: number;
  #receipts = 0;

  constructor(name: string, prefix: string, delayMs: number) {
    super(name);
    this.#prefix = prefix;
    this.#delayMs = delayMs;
  }

  async charge(_booking: string, cents: number): Promise<string> {
    await this.#ask();
    Till.cents += cents;
    return `${this.#prefix}-${++this.#receipts}`;
  }

  async refund(_receipt: string, cents: number): Promise<void> {
    await this.#ask();
    Till.cents -= cents;
  }

  async #ask(): Promise<void> {
    this.assertOpen();
    await setTimeout(this.#delayMs);
    this.assertOpen();
  }
}
