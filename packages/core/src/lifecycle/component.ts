import type { Candidate } from '../decision/candidate.js';

let made = 0;

/** One running instance, and how many calls are in flight on it. */
export class Component<T = unknown> {
  /** Replaced by one that says the same of how it is built, when the registry does. */
  candidate: Candidate<T>;
  readonly instance: T;
  /** Tells it from every other; who remembers it by this does not keep its instance alive. */
  readonly serial = ++made;
  /** Calls in flight. Raised by whoever calls, lowered by `endLease` alone. */
  leases = 0;
  #waiting: readonly (() => void)[] | undefined;

  constructor(candidate: Candidate<T>, instance: T) {
    this.candidate = candidate;
    this.instance = instance;
  }

  /** As `endLease`, bound, so that it can be handed to a promise as it is. */
  readonly release = (): void => {
    this.endLease();
  };

  /** Ends one lease; once for each. */
  endLease(): void {
    if (--this.leases === 0 && this.#waiting !== undefined) this.#tell(this.#waiting);
  }

  /**
   * Calls `fn` once, as soon as no call is in flight: at once where none is, and otherwise inside the `release` of the
   * last. Disposing it ends the wait. `fn` must not throw.
   */
  onIdle(fn: () => void): Disposable {
    if (this.leases === 0) {
      fn();
      return { [Symbol.dispose]: () => undefined };
    }
    const told = (): void => {
      fn();
    };
    this.#waiting = [...(this.#waiting ?? []), told];
    return {
      [Symbol.dispose]: () => {
        const left = this.#waiting?.filter((each) => each !== told) ?? [];
        this.#waiting = left.length === 0 ? undefined : left;
      },
    };
  }

  #tell(waiting: readonly (() => void)[]): void {
    this.#waiting = undefined;
    for (const told of waiting) told();
  }
}
