import type { LockFrame } from './lock-frame.js';

/** What a section is called with. */
export interface SectionContext {
  /** The signal that the request was given; heeding it is up to the section. */
  readonly signal?: AbortSignal;
}

/** What runs while the lock is held; the section ends when it returns, throws, or its promise settles. */
export type SectionFunction<T> = (section: SectionContext) => T | PromiseLike<T>;

const NO_SIGNAL: SectionContext = Object.freeze({});

/** A section's function as the engine calls it. What is not a function is left for the engine to refuse. */
export function sectionBody<T>(fn: SectionFunction<T>) {
  if (typeof fn !== 'function') return fn;
  return (_frame: LockFrame, signal: AbortSignal | undefined): T | PromiseLike<T> =>
    fn(signal === undefined ? NO_SIGNAL : { signal });
}
