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
    const observe = (result: ObservableResult): void => {
      for (const [facts, sum] of summed(points())) result.observe(sum, attributesOf(facts));
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

/** One point for the same facts: several lifecycles may have the same keys. */
function summed(points: Iterable<Point>): Iterable<Point> {
  const sums = new Map<string, Point>();
  for (const [facts, amount] of points) {
    const id = Object.values(facts).join('/');
    sums.set(id, [facts, (sums.get(id)?.[1] ?? 0) + amount]);
  }
  return sums.values();
}
