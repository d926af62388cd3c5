import { ContextLock } from './context-lock.js';
import { lockSettings, type LockOptions, type RunOptions } from './lock-options.js';
import { sectionBody, type SectionFunction } from './section-body.js';
import { SectionEngine } from './section-engine.js';

/**
 * A lock that any number of readers share and that a writer has to itself, with the frames, the order, the ownership
 * and the promises of `ReentrantLock`.
 *
 * - **Order.** First come, first served, in phases: a reader joins those who read only while nobody waits; readers next
 *   to each other in the queue go in together. So neither side starves.
 * - **Nesting.** A read inside a read starts at once, whoever waits outside. Inside a write both kinds nest, with a
 *   queue of their own. A write inside a read fails at once with `ONEIRIC_LOCK_UPGRADE`: two readers who both wanted to
 *   write would wait for each other for ever.
 * - **Giving up.** A writer that is aborted or times out lets the readers behind it through.
 */
export class AsyncRWLock extends ContextLock {
  readonly #engine: SectionEngine;

  /** @throws `ONEIRIC_LOCK_OPTION_INVALID` */
  constructor(options?: LockOptions) {
    const engine = new SectionEngine(lockSettings(options));
    super(engine);
    this.#engine = engine;
  }

  /**
   * Runs `fn` while nobody writes, beside other readers. Never throws synchronously; rejects as
   * `ReentrantLock.runExclusive` does.
   */
  read<T>(fn: SectionFunction<T>, options?: RunOptions): Promise<T> {
    return this.#engine.run(sectionBody(fn), true, options, undefined);
  }

  /**
   * Runs `fn` while nobody else reads or writes. Never throws synchronously; rejects as `ReentrantLock.runExclusive`
   * does, and with `ONEIRIC_LOCK_UPGRADE` inside a read.
   */
  write<T>(fn: SectionFunction<T>, options?: RunOptions): Promise<T> {
    return this.#engine.run(sectionBody(fn), false, options, undefined);
  }
}
