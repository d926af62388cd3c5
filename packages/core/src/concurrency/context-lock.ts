import type { LockEvent, LockEventMap } from './lock-events.js';
import type { LockReport } from './lock-report.js';
import type { SectionEngine } from './section-engine.js';

/**
 * What every lock can be asked whose owner is an asynchronous context: the callback that it was granted to, and
 * whatever that callback awaits, calls or starts, until it settles.
 */
export abstract class ContextLock {
  readonly #engine: SectionEngine;

  protected constructor(engine: SectionEngine) {
    this.#engine = engine;
  }

  /** What reports, events and errors call this lock. */
  get name(): string {
    return this.#engine.name;
  }

  /**
   * Runs `fn` at once as a stranger to this lock, and returns what it returns: what it requests of this lock waits
   * until the sections that it was called in are out. Its ownership of other locks is untouched.
   *
   * For work that a section starts and does not wait for. A section that awaits a request which it made here waits for
   * itself, and no search for deadlocks sees it: give such a request a `timeoutMs`.
   */
  detach<T>(fn: () => T): T {
    return this.#engine.detach(fn);
  }

  /**
   * Returns if the calling context owns the lock and none of the sections nested in it is running: the caller is alone.
   * A lock cannot stop the body of a section from going on beside a nested section that it does not await; code that
   * changes what the lock guards calls this to catch it.
   *
   * @throws `ONEIRIC_LOCK_NOT_OWNED`, `ONEIRIC_LOCK_CHILD_ACTIVE`
   */
  assertLeaf(): void {
    this.#engine.assertLeaf();
  }

  /** Does any section run, or is one about to? False as soon as the last section has settled and nobody waits. */
  isLocked(): boolean {
    return this.#engine.isBusy();
  }

  /** Does the calling context descend from a section that is still running (and no `detach` lies between)? */
  isHeldByCurrentContext(): boolean {
    return this.#engine.currentFrame() !== undefined;
  }

  /** Who holds the lock and who waits, now, and what has happened so far. Takes time in proportion to both. */
  query(): LockReport {
    return this.#engine.query();
  }

  /**
   * Calls `listener` synchronously whenever `event` happens, until the result is disposed. A listener that throws or
   * rejects is reported to the diagnostics channel `oneiric:listener-failed` and harms nobody. All events of all locks
   * are also published to the diagnostics channels `oneiric:lock:<event>`.
   *
   * @throws `ONEIRIC_LOCK_OPTION_INVALID` for an event that no lock raises
   */
  on<E extends LockEvent>(event: E, listener: (payload: LockEventMap[E]) => void): Disposable {
    return this.#engine.events.on(event, listener);
  }
}
