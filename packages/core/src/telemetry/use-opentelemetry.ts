import { setSpanPort } from '../observability/span-port.js';
import { install } from './installations.js';
import { observeLifecycles } from './observe-lifecycles.js';
import { metrics, type MeterProvider, trace, type TracerProvider } from './opentelemetry-api.js';
import { OpenTelemetrySpans } from './opentelemetry-spans.js';
import { recordMetrics } from './record-metrics.js';

/** Where spans and metrics go. */
export interface OpenTelemetryOptions {
  /** Default: the provider that an SDK has registered, also one that registers later. */
  readonly tracerProvider?: TracerProvider;
  /** Default: the provider that an SDK has registered by now. */
  readonly meterProvider?: MeterProvider;
}

const SCOPE = '@oneiric/core';

/**
 * Has everything that the registries, lifecycles and locks of this process do told to OpenTelemetry, as spans and
 * metrics, until the result is disposed. `SPANS`, `METRICS` and `ATTRIBUTES` say what there is.
 *
 * Called again, the last call is in force, and after it is disposed the one before. Without an SDK nothing happens. Spans
 * nest by the context manager that the SDK registers: without one each span is a root.
 *
 * `createOneiric` does this by itself where an SDK was registered before.
 */
export function useOpenTelemetry(options: OpenTelemetryOptions = {}): Disposable {
  return installOpenTelemetry(options, false);
}

/** As `useOpenTelemetry`; one that was found gives way to one that somebody chose. */
export function installOpenTelemetry(
  { tracerProvider, meterProvider }: OpenTelemetryOptions,
  isFound: boolean,
): Disposable {
  const tracer = (tracerProvider ?? trace).getTracer(SCOPE);
  const meter = (meterProvider ?? metrics).getMeter(SCOPE);
  let parts: readonly Disposable[] = [];
  const installation = {
    start() {
      setSpanPort(new OpenTelemetrySpans(tracer));
      parts = [...recordMetrics(meter), ...observeLifecycles(meter)];
    },
    stop() {
      setSpanPort(undefined);
      for (const part of parts) part[Symbol.dispose]();
    },
  };
  return install(installation, isFound);
}
