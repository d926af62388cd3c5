import { unwatchAbort, watchAbort, type Abortable } from './abort-watch.js';
import { CapturedContext } from './lock-context.js';
import type { ContextNode, LockLevel, SectionFrame, SectionOrigin, WaitingSection } from './lock-frame.js';

/** A request that has to wait, with what may end the waiting. Made in the context of the request, which it keeps. */
export class PendingSection implements WaitingSection, Abortable {
  before: WaitingSection | undefined = undefined;
  after: WaitingSection | undefined = undefined;
  level: LockLevel;
  readonly sequence: number;
  readonly since: number;
  readonly context: ContextNode | undefined;
  readonly shared: boolean;
  readonly name: string | undefined;
  readonly ticket: number;
  /** Ends the promise of its caller. */
  readonly reject: (reason: unknown) => void;
  timeout: Disposable | undefined = undefined;
  /** Runs while it is suspected to have closed a circle of waiting. */
  suspicion: Disposable | undefined = undefined;
  readonly #captured = new CapturedContext();
  readonly #body: (frame: SectionFrame) => void;
  #signal: AbortSignal | undefined = undefined;
  #onAbort: ((reason: unknown) => void) | undefined = undefined;

  constructor(
    origin: SectionOrigin,
    level: LockLevel,
    sequence: number,
    since: number,
    body: (frame: SectionFrame) => void,
    reject: (reason: unknown) => void,
  ) {
    this.level = level;
    this.sequence = sequence;
    this.since = since;
    this.context = origin.context;
    this.shared = origin.shared;
    this.name = origin.name;
    this.ticket = origin.ticket;
    this.#body = body;
    this.reject = reject;
  }

  watch(signal: AbortSignal, onAbort: (reason: unknown) => void): void {
    this.#signal = signal;
    this.#onAbort = onAbort;
    watchAbort(signal, this);
  }

  abort(reason: unknown): void {
    this.#onAbort?.(reason);
  }

  release(): void {
    this.timeout?.[Symbol.dispose]();
    this.suspicion?.[Symbol.dispose]();
    if (this.#signal !== undefined) unwatchAbort(this.#signal, this);
  }

  start(frame: SectionFrame): void {
    this.#captured.run(() => this.#body(frame));
  }
}
