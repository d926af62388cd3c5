import { AsyncLocalStorage } from 'node:async_hooks';
import type { Asks, Body, RequestOptions, Section, Subject } from '../harness/subject.js';

const context = new AsyncLocalStorage<ReadonlySet<FlagLock>>();

/**
 * The lock that most packages publish as "reentrant": the async context carries a flag, and where the flag is set
 * the body runs inline. Three children of one holder then run side by side inside the "exclusive" section, and work
 * that outlives the release walks in while a stranger holds the lock.
 */
export class FlagLock implements Subject {
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  readonly asks: Partial<Asks> = {
    isLocked: () => this.#count > 0,
    isHeldByCurrentContext: () => this.#flagged(),
  };

  async run<T>(fn: Body<T>, { signal }: RequestOptions = {}): Promise<T> {
    const section: Section = signal === undefined ? {} : { signal };
    if (this.#flagged()) return fn(section);
    this.#count++;
    const turn = this.#last.then(() => context.run(new Set(context.getStore()).add(this), () => fn(section)));
    this.#last = turn.then(
      () => this.#count--,
      () => this.#count--,
    );
    return turn;
  }

  #flagged(): boolean {
    return context.getStore()?.has(this) ?? false;
  }
}
