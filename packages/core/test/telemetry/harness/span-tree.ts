import { SpanStatusCode } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** What each line says of a span beside its name. */
export type Tell = (span: ReadableSpan) => string;

/** Finished spans as an indented tree, in the order in which they began. */
export function spanTree(spans: readonly ReadableSpan[], tell: Tell = () => ''): string[] {
  const known = new Set(spans.map((span) => span.spanContext().spanId));
  const byBegin = [...spans].sort((a, b) => compare(a.startTime, b.startTime));
  const lines: string[] = [];
  const draw = (parent: string | undefined, depth: number): void => {
    for (const span of byBegin) {
      const above = span.parentSpanContext?.spanId;
      const isHere = parent === undefined ? above === undefined || !known.has(above) : above === parent;
      if (!isHere) continue;
      lines.push(`${'  '.repeat(depth)}${span.name} ${tell(span)}`.trimEnd());
      draw(span.spanContext().spanId, depth + 1);
    }
  };
  draw(undefined, 0);
  return lines;
}

/** `ERROR ONEIRIC_…` for those that failed. */
export const tellFailure: Tell = ({ status, attributes }) =>
  status.code === SpanStatusCode.ERROR ? `ERROR ${String(attributes['error.type'])}` : '';

function compare(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] - b[0] || a[1] - b[1];
}
