import { runningCounts } from '../lifecycle/running-counts.js';
import type { SpanFacts } from '../observability/span-port.js';
import { attributesOf } from './attributes-of.js';
import { METRICS } from './metric-catalogue.js';
import type { Meter, ObservableResult } from './opentelemetry-api.js';

/** Counts components and calls whenever metrics are read, until the results are disposed. */
export function observeLifecycles(meter: Meter): readonly Disposable[] {
  const observed = (
    name: 'oneiric.component.count' | 'oneiric.call.count',
    points: () => Iterable<Point>,
  ): Disposable => {
    const count = meter.createObservableUpDownCounter(name, METRICS[name]);
    // What is not observed any more would keep its last value: it is observed as 0.
    const seen = new Map<string, SpanFacts>();
    const observe = (result: ObservableResult): void => {
      const sums = summed(points());
      for (const [id, { facts }] of sums) seen.set(id, facts);
      for (const [id, facts] of seen) result.observe(sums.get(id)?.sum ?? 0, attributesOf(facts));
    };
    count.addCallback(observe);
    return {
      [Symbol.dispose]() {
        count.removeCallback(observe);
      },
    };
  };
  return [
    observed('oneiric.component.count', function* () {
      for (const { domain, state } of runningCounts()) yield [{ domain, state }, 1];
    }),
    observed('oneiric.call.count', function* () {
      for (const { domain, key, inFlight } of runningCounts()) yield [{ domain, key }, inFlight];
    }),
  ];
}

type Point = readonly [facts: SpanFacts, amount: number];

/** One sum for the same facts: several lifecycles may have the same keys. */
function summed(
  points: Iterable<Point>,
): ReadonlyMap<string, { readonly facts: SpanFacts; readonly sum: number }> {
  const sums = new Map<string, { readonly facts: SpanFacts; readonly sum: number }>();
  for (const [facts, amount] of points) {
    const id = Object.values(facts).join('/');
    sums.set(id, { facts, sum: (sums.get(id)?.sum ?? 0) + amount });
  }
  return sums;
}
