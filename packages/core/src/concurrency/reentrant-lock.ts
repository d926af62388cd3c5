import { ContextLock } from './context-lock.js';
import type { LockFrame } from './lock-frame.js';
import { lockSettings, type LockOptions, type RunOptions } from './lock-options.js';
import { sectionBody, type SectionFunction } from './section-body.js';
import { SectionEngine } from './section-engine.js';
import type { OnSettled } from './section-request.js';

/**
 * An exclusive lock for asynchronous code that the same context may take again.
 *
 * Every granted section is a frame with a queue of its own. A request made from inside a section waits in the queue of
 * the innermost one that still runs, so it neither waits for its own parent nor runs beside a sibling: three requests
 * that a section forks with `Promise.all` run one after the other, while strangers wait outside.
 *
 * - **Order.** First come, first served in every queue, and handed over directly: a request never overtakes one that
 *   waits, also not in the moment between a release and the next grant. There are no priorities between queues other
 *   than that inner ones go first.
 * - **Ownership** belongs to the callback and to what descends from it, and ends for good when the callback settles.
 *   A timer or a promise that outlives its section owns nothing any more: what it requests then goes to the innermost
 *   enclosing section that still runs, else it is a stranger.
 * - **Hand-over** happens when a section and all that runs inside it are out. A section that settles before its
 *   nested ones settles at once, with an `orphan-running` event; what runs inside takes its place, and what waits
 *   inside waits one level up: in its order, behind those who wait there already.
 * - **Release** happens exactly once, however the callback ends. There is no public `acquire` or `release`, and
 *   nothing is ever released by force: a callback that never settles keeps the lock, and `query()` names it.
 * - **Deadlocks** over any number of locks are found when the last request closes the circle
 *   (`deadlock-suspected`); that request fails after the grace, if the circle still stands. A section counts as
 *   waiting for every request made in it; what it does not wait for belongs into `detach`. A circle through other
 *   promises cannot be seen; `timeoutMs` bounds it and names the holder.
 *
 * Not promised: exclusion between processes or worker threads, or between a section's own body and a nested section
 * that it does not await (see `assertLeaf`). The first lock of the process starts an `AsyncLocalStorage`, which on
 * Node 20 makes every `await` of the process two to three times as dear (about 0.1 µs more); on Node 24 it does not.
 *
 * @example
 * const lock = new ReentrantLock({ name: 'accounts' });
 * await lock.runExclusive(async () => {
 *   await lock.runExclusive(() => debit(from)); // runs at once: we own it
 *   await lock.runExclusive(() => credit(to));
 * });
 */
export class ReentrantLock extends ContextLock {
  readonly #engine: SectionEngine;

  /** @throws `ONEIRIC_LOCK_OPTION_INVALID` */
  constructor(options?: LockOptions) {
    const engine = new SectionEngine(lockSettings(options));
    super(engine);
    this.#engine = engine;
  }

  /**
   * Runs `fn` while nobody else is inside, and settles as it does. If the lock is free, `fn` starts before this returns;
   * a `fn` that had to wait starts in the asynchronous context of this call, not in that of whoever made way.
   *
   * Never throws synchronously. Rejects, without having run `fn`, with `signal.reason`, `ONEIRIC_LOCK_TIMEOUT`,
   * `ONEIRIC_LOCK_UNAVAILABLE`, `ONEIRIC_LOCK_QUEUE_FULL`, `ONEIRIC_LOCK_DEADLOCK` or `ONEIRIC_LOCK_OPTION_INVALID`;
   * and on a `strict` lock with `ONEIRIC_LOCK_ORPHANED`, after `fn` has settled before what it started inside.
   */
  runExclusive<T>(fn: SectionFunction<T>, options?: RunOptions): Promise<T> {
    return this.#engine.run(sectionBody(fn), false, options, undefined);
  }

  /**
   * As {@link runExclusive}, for those who keep state by section.
   *
   * `onSettled` is called synchronously at the instant the lock has learnt that `body` settled, in the context of the
   * section, while the frame is still live and before anything that waits inside is granted or moved up; what it throws,
   * the section rejects with. `ok` is false if the body threw or rejected, and on a `strict` lock if it left something
   * behind. What waits inside then gets a frame one level up, never one inside the settled section.
   *
   * @internal
   */
  runSection<T>(
    body: (frame: LockFrame) => T | PromiseLike<T>,
    options?: RunOptions,
    onSettled?: OnSettled,
  ): Promise<T> {
    return this.#engine.run(body, false, options, onSettled);
  }

  /** The innermost section of this lock that still runs and that the calling context descends from. @internal */
  currentFrame(): LockFrame | undefined {
    return this.#engine.currentFrame();
  }
}
