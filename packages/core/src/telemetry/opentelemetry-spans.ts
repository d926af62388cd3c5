import { describeThrown } from '../foundation/describe-thrown.js';
import type { Span, SpanCause, SpanFacts, SpanName, SpanPort } from '../observability/span-port.js';
import { attributesOf } from './attributes-of.js';
import { errorType } from './error-type.js';
import {
  type Context,
  context,
  ROOT_CONTEXT,
  type Span as ForeignSpan,
  SpanStatusCode,
  trace,
  type Tracer,
} from './opentelemetry-api.js';

/** Makes spans with a tracer of OpenTelemetry. Work runs in the context of its span, so that other spans nest in it. */
export class OpenTelemetrySpans implements SpanPort {
  readonly #tracer: Tracer;

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  inSpan<T>(name: SpanName, facts: SpanFacts, work: (span: Span) => T): T {
    const foreign = this.#tracer.startSpan(name, { attributes: attributesOf(facts) });
    const span = new OpenTelemetrySpan(foreign);
    try {
      const result = context.with(trace.setSpan(context.active(), foreign), work, undefined, span);
      if (!(result instanceof Promise)) {
        foreign.end();
        return result;
      }
      return endedBy(result, span, foreign) as T;
    } catch (error) {
      span.failWith(error);
      foreign.end();
      throw error;
    }
  }

  outsideSpans<T>(work: () => T): T {
    return context.with(ROOT_CONTEXT, work);
  }

  cause(): SpanCause {
    return new ContextCause(context.active());
  }

  inCause<T>(cause: SpanCause, work: () => T): T {
    return cause instanceof ContextCause ? context.with(cause.context, work) : work();
  }
}

async function endedBy(
  result: Promise<unknown>,
  span: OpenTelemetrySpan,
  foreign: ForeignSpan,
): Promise<unknown> {
  try {
    return await result;
  } catch (error) {
    span.failWith(error);
    throw error;
  } finally {
    foreign.end();
  }
}

class ContextCause implements SpanCause {
  readonly isSpanCause = true;
  readonly context: Context;

  constructor(context: Context) {
    this.context = context;
  }
}

/** Errors whose exception a span has already: those further out only say that they failed, and of what. */
const recorded = new WeakSet<Error>();

class OpenTelemetrySpan implements Span {
  readonly #span: ForeignSpan;

  constructor(span: ForeignSpan) {
    this.#span = span;
  }

  get isRecording(): boolean {
    return this.#span.isRecording();
  }

  set(facts: SpanFacts): void {
    this.#span.setAttributes(attributesOf(facts));
  }

  fail(error: unknown): void {
    this.set({ errorType: errorType(error) });
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message: describeThrown(error) });
  }

  /** As `fail`, of something that was thrown. */
  failWith(error: unknown): void {
    this.fail(error);
    if (!(error instanceof Error)) {
      this.#span.recordException(describeThrown(error));
      return;
    }
    const isKnown = recorded.has(error) || (error.cause instanceof Error && recorded.has(error.cause));
    recorded.add(error);
    if (!isKnown) this.#span.recordException(error);
  }

  link(cause: SpanCause): void {
    const spanContext = cause instanceof ContextCause ? trace.getSpanContext(cause.context) : undefined;
    if (spanContext !== undefined) this.#span.addLink({ context: spanContext });
  }
}
