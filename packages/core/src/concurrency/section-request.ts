import type { LockFrame, SectionOrigin } from './lock-frame.js';

/** How a section ended, as far as it concerns what was done in it. @internal */
export interface SectionOutcome {
  /** The body fulfilled, and the section is not about to be rejected for what it left behind. */
  readonly ok: boolean;
}

/**
 * Called at the instant the lock has learnt that the body settled, in the context of the section, while the frame is
 * still live and before anything that waits inside it is granted or moved; what it throws, the section rejects with.
 * @internal
 */
export type OnSettled = (frame: LockFrame, outcome: SectionOutcome) => void;

/** What a section runs. */
export type SectionBody<T> = (frame: LockFrame, signal: AbortSignal | undefined) => T | PromiseLike<T>;

/** One request for a section: where it comes from, and what it wants to run. */
export interface SectionRequest<T> extends SectionOrigin {
  readonly body: SectionBody<T>;
  readonly signal: AbortSignal | undefined;
  readonly onSettled: OnSettled | undefined;
}
