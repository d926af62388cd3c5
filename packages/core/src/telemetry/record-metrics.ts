import { OneiricError } from '../errors/oneiric-error.js';
import { listenTo } from '../observability/listen-to.js';
import { attributesOf } from './attributes-of.js';
import { causeType } from './error-type.js';
import { DURATION_BUCKETS, LOCK_BUCKETS, type MetricName, METRICS } from './metric-catalogue.js';
import type { Meter } from './opentelemetry-api.js';

/** Counts and times what the channels tell, until the result is disposed. */
export function recordMetrics(meter: Meter): readonly Disposable[] {
  const counter = (name: MetricName) => meter.createCounter(name, METRICS[name]);
  const histogram = (name: MetricName, buckets: readonly number[]) =>
    meter.createHistogram(name, { ...METRICS[name], advice: { explicitBucketBoundaries: [...buckets] } });
  const decisions = counter('oneiric.decisions');
  const swaps = counter('oneiric.swaps');
  const failures = counter('oneiric.failures');
  const swapDuration = histogram('oneiric.swap.duration', DURATION_BUCKETS);
  const phaseDuration = histogram('oneiric.phase.duration', DURATION_BUCKETS);
  const lockWait = histogram('oneiric.lock.wait', LOCK_BUCKETS);
  const lockHold = histogram('oneiric.lock.hold', LOCK_BUCKETS);
  return [
    listenTo('oneiric:decision:made', ({ domain, explanation: { outcome, decidedBy } }) => {
      decisions.add(1, attributesOf({ domain, outcome, decidedBy }));
    }),
    listenTo('oneiric:lifecycle:operation-ended', ({ domain, operation, outcome, durationMs }) => {
      const attributes = attributesOf({ domain, operation, outcome });
      swaps.add(1, attributes);
      swapDuration.record(durationMs / 1000, attributes);
    }),
    listenTo('oneiric:lifecycle:failed', ({ domain, operation, error }) => {
      const phase = OneiricError.is(error, 'ONEIRIC_LIFECYCLE_FAILED') ? error.details.phase : null;
      failures.add(1, attributesOf({ domain, operation, phase, errorType: causeType(error) }));
    }),
    listenTo('oneiric:lifecycle:phase', ({ domain, operation, phase, state, durationMs }) => {
      if (durationMs === null) return;
      phaseDuration.record(durationMs / 1000, attributesOf({ domain, operation, phase, state }));
    }),
    listenTo('oneiric:lock:acquired', ({ lock, mode, waitMs }) => {
      lockWait.record(waitMs / 1000, attributesOf({ lock: withoutKey(lock), lockMode: mode }));
    }),
    listenTo('oneiric:lock:released', ({ lock, mode, holdMs }) => {
      lockHold.record(holdMs / 1000, attributesOf({ lock: withoutKey(lock), lockMode: mode }));
    }),
  ];
}

/** There may be any number of keys, and of locks without a name, which are numbered. */
function withoutKey(lock: string): string {
  const keyed = lock.indexOf('[');
  const name = keyed === -1 ? lock : lock.slice(0, keyed);
  return /^lock-\d+$/.test(name) ? 'lock' : name;
}
