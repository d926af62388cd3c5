import { unwatchAbort, watchAbort, type Abortable } from './abort-watch.js';
import { CapturedContext } from './lock-context.js';
import type { LockLevel, SectionFrame, WaitingSection } from './lock-frame.js';
import type { SectionRequest } from './section-request.js';
import type { PromisedSection, SectionRunner } from './section-runner.js';

/**
 * A request that has to wait, with what may end the waiting and the promise of its caller. It is made in the context
 * of the request, captures it, and runs the section there.
 */
export class PendingSection<T>
  extends CapturedContext
  implements WaitingSection, PromisedSection<T>, Abortable
{
  before: WaitingSection | undefined = undefined;
  after: WaitingSection | undefined = undefined;
  readonly request: SectionRequest<T>;
  level: LockLevel;
  readonly sequence: number;
  readonly since: number;
  timeout: Disposable | undefined = undefined;
  /** Runs while the request is suspected to have closed a circle of waiting. */
  suspicion: Disposable | undefined = undefined;
  readonly resolve: (value: T) => void;
  readonly reject: (reason: unknown) => void;
  readonly #runner: SectionRunner;
  #onAbort: ((reason: unknown) => void) | undefined = undefined;

  constructor(
    runner: SectionRunner,
    request: SectionRequest<T>,
    level: LockLevel,
    sequence: number,
    since: number,
    resolve: (value: T) => void,
    reject: (reason: unknown) => void,
  ) {
    super();
    this.#runner = runner;
    this.request = request;
    this.level = level;
    this.sequence = sequence;
    this.since = since;
    this.resolve = resolve;
    this.reject = reject;
  }

  /** Calls `onAbort` if the signal of the request is aborted while it waits. */
  heedSignal(onAbort: (reason: unknown) => void): void {
    const { signal } = this.request;
    if (signal === undefined) return;
    this.#onAbort = onAbort;
    watchAbort(signal, this);
  }

  abort(reason: unknown): void {
    this.#onAbort?.(reason);
  }

  start(frame: SectionFrame): void {
    this.#runner.runIn(this, frame, this);
  }

  release(): void {
    this.timeout?.[Symbol.dispose]();
    this.suspicion?.[Symbol.dispose]();
    if (this.#onAbort !== undefined && this.request.signal !== undefined)
      unwatchAbort(this.request.signal, this);
  }
}
