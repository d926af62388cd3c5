import type { Clock } from '../../../src/foundation/clock.js';

interface Timer {
  readonly at: number;
  readonly fn: () => void;
}

/** Time that passes when the test says so. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  /** Timers that were started and neither fired nor were disposed. */
  get pending(): number {
    return this.#timers.size;
  }

  after(ms: number, fn: () => void): Disposable {
    const timer: Timer = { at: this.#now + ms, fn };
    this.#timers.add(timer);
    return {
      [Symbol.dispose]: () => {
        this.#timers.delete(timer);
      },
    };
  }

  /** Lets `ms` pass at once: what is due is called in order of time, before any promise can react. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      let next: Timer | undefined;
      for (const timer of this.#timers)
        if (timer.at <= until && (next === undefined || timer.at < next.at)) next = timer;
      if (next === undefined) break;
      this.#timers.delete(next);
      this.#now = next.at;
      next.fn();
    }
    this.#now = until;
  }
}
