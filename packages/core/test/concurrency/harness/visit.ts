import { AsyncResource } from 'node:async_hooks';
import { Gate } from './gate.js';
import type { RequestOptions, Subject } from './subject.js';

/** How far a request has come. */
export type VisitState = 'waiting' | 'inside' | 'returned' | 'rejected';

/**
 * One request for a lock that a test can watch and steer: it stays inside until the test lets it go, and the test
 * can act in its async context, while it is inside or long after.
 */
export class Visit {
  readonly name: string;
  /** Fulfilled when the request has settled, either way. */
  readonly settled: Promise<void>;
  #state: VisitState = 'waiting';
  #reason: unknown;
  #signal: AbortSignal | undefined;
  readonly #exit = new Gate();
  #context: AsyncResource | undefined;

  constructor(lock: Pick<Subject, 'run'>, name: string, options: RequestOptions, log?: string[]) {
    this.name = name;
    this.settled = lock
      .run(
        async (section) => {
          this.#signal = section.signal;
          this.#context = new AsyncResource(name);
          this.#state = 'inside';
          log?.push(name);
          await this.#exit.passed;
        },
        { name, ...options },
      )
      .then(
        () => {
          this.#state = 'returned';
        },
        (reason: unknown) => {
          this.#state = 'rejected';
          this.#reason = reason;
        },
      );
  }

  get state(): VisitState {
    return this.#state;
  }

  /** Why the request was rejected. */
  get reason(): unknown {
    return this.#reason;
  }

  /** The signal that the body was given. */
  get signal(): AbortSignal | undefined {
    return this.#signal;
  }

  /** Lets the body return. */
  leave(): void {
    this.#exit.open();
  }

  /** Runs `fn` in the async context of the body, as code would that the body started. */
  within<T>(fn: () => T): T {
    if (this.#context === undefined) throw new Error(`${this.name} never got inside`);
    return this.#context.runInAsyncScope(fn);
  }
}

/** Requests the lock in the calling context; the body stays inside until `leave()`. Grants are noted in `log`, in order. */
export function visit(
  lock: Pick<Subject, 'run'>,
  name: string,
  options: RequestOptions = {},
  log?: string[],
): Visit {
  return new Visit(lock, name, options, log);
}

/** The states of `visits` by name, so that one assertion shows the whole scene. */
export function scene(...visits: readonly Visit[]): Record<string, VisitState> {
  return Object.fromEntries(visits.map(({ name, state }) => [name, state]));
}
