import type { ATTRIBUTES, SPANS } from './span-catalogue.js';

/** What a span is called; `SPANS` says what each one is. */
export type SpanName = keyof typeof SPANS;

/** What is said of a span, by our own words; `ATTRIBUTES` has the names under which it is told. Null is not told. */
export type SpanFacts = { readonly [F in keyof typeof ATTRIBUTES]?: string | number | boolean | null };

/** A span that has begun. */
export interface Span {
  /** Does anybody want to know? Where not, facts that cost something need not be found out. */
  readonly isRecording: boolean;
  set(facts: SpanFacts): void;
  /** Says that it failed, where `work` does not throw for that. */
  fail(error: unknown): void;
  /** Notes one cause more than the one that it is a child of. */
  link(cause: SpanCause): void;
}

/** Where something was caused; only who made it knows what is in it. */
export interface SpanCause {
  readonly isSpanCause: true;
}

/** Who makes spans. Everything given to `in…` is run at once, in the calling context, and its result is given back. */
export interface SpanPort {
  /** Runs `work` inside a span, which ends when it returns, or when its promise settles, and fails as it does. */
  inSpan<T>(name: SpanName, facts: SpanFacts, work: (span: Span) => T): T;
  /** Runs `work` where no span is: for what a timer does, which belongs to nobody's request. */
  outsideSpans<T>(work: () => T): T;
  /** The calling context, for `inCause`. */
  cause(): SpanCause;
  inCause<T>(cause: SpanCause, work: () => T): T;
}

const NO_SPAN: Span = Object.freeze({
  isRecording: false,
  set: () => undefined,
  fail: () => undefined,
  link: () => undefined,
});

let port: SpanPort | undefined;

/** Has spans made by `next`, or by nobody. */
export function setSpanPort(next: SpanPort | undefined): void {
  port = next;
}

/** Runs `work` inside a span where somebody makes them, and else just runs it. */
export function inSpan<T>(name: SpanName, facts: SpanFacts, work: (span: Span) => T): T {
  return port === undefined ? work(NO_SPAN) : port.inSpan(name, facts, work);
}

export function outsideSpans<T>(work: () => T): T {
  return port === undefined ? work() : port.outsideSpans(work);
}

/** Undefined where nobody makes spans. */
export function spanCause(): SpanCause | undefined {
  return port?.cause();
}

export function inCause<T>(cause: SpanCause | undefined, work: () => T): T {
  return port === undefined || cause === undefined ? work() : port.inCause(cause, work);
}
