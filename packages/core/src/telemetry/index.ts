/// <reference lib="esnext.disposable" preserve="true" />
export { ATTRIBUTES, SPANS } from '../observability/span-catalogue.js';
export { type MetricName, METRICS, type MetricText } from './metric-catalogue.js';
export { type OpenTelemetryOptions, useOpenTelemetry } from './use-opentelemetry.js';
