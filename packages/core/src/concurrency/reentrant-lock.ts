import type { LockEvent, LockEventMap } from './lock-events.js';
import type { LockFrame } from './lock-frame.js';
import { lockSettings, type LockOptions, type RunOptions } from './lock-options.js';
import type { LockReport } from './lock-report.js';
import { SectionEngine, type OnSettled } from './section-engine.js';

/** What a section is called with. */
export interface LockSectionContext {
  /** The signal that the request was given; heeding it is up to the section. */
  readonly signal?: AbortSignal;
}

const NO_SIGNAL: LockSectionContext = Object.freeze({});

/** `fn` as the engine calls it. */
export function sectionBody<T>(fn: (section: LockSectionContext) => T | PromiseLike<T>) {
  return (_frame: LockFrame, signal: AbortSignal | undefined): T | PromiseLike<T> =>
    fn(signal === undefined ? NO_SIGNAL : { signal });
}

export class ReentrantLock {
  readonly #engine: SectionEngine;

  constructor(options?: LockOptions) {
    this.#engine = new SectionEngine(lockSettings(options));
  }

  get name(): string {
    return this.#engine.name;
  }

  runExclusive<T>(fn: (section: LockSectionContext) => T | PromiseLike<T>, options?: RunOptions): Promise<T> {
    const body = typeof fn === 'function' ? sectionBody(fn) : fn;
    return this.#engine.run(body, false, options, undefined);
  }

  runSection<T>(
    body: (frame: LockFrame) => T | PromiseLike<T>,
    options?: RunOptions,
    onSettled?: OnSettled,
  ): Promise<T> {
    return this.#engine.run(body, false, options, onSettled);
  }

  currentFrame(): LockFrame | undefined {
    return this.#engine.currentFrame();
  }

  detach<T>(fn: () => T): T {
    return this.#engine.detach(fn);
  }

  assertLeaf(): void {
    this.#engine.assertLeaf();
  }

  isLocked(): boolean {
    return this.#engine.isBusy();
  }

  isHeldByCurrentContext(): boolean {
    return this.#engine.currentFrame() !== undefined;
  }

  query(): LockReport {
    return this.#engine.query();
  }

  on<E extends LockEvent>(event: E, listener: (payload: LockEventMap[E]) => void): Disposable {
    return this.#engine.events.on(event, listener);
  }
}
