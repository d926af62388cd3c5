import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Durations } from '../../src/lifecycle/durations.js';
import { holds } from '../property.js';

function durationsOf(samples: readonly number[]): Durations {
  const durations = new Durations();
  for (const sample of samples) durations.add(sample);
  return durations;
}

describe('the durations of an operation', () => {
  it('have no summary before the first', () => {
    expect(new Durations().summary()).toBeUndefined();
  });

  it('are all the one sample where there is one', () => {
    expect(durationsOf([12.5]).summary()).toEqual({
      count: 1,
      lastMs: 12.5,
      p50Ms: 12.5,
      p95Ms: 12.5,
      p99Ms: 12.5,
    });
  });

  it('are ranked by size, not by the text of the numbers nor by their order', () => {
    expect(durationsOf([100, 9, 20]).summary()).toMatchObject({ p50Ms: 20, p95Ms: 100, lastMs: 20 });
  });

  it('have percentiles by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(durationsOf(hundred).summary()).toEqual({
      count: 100,
      lastMs: 1,
      p50Ms: 50,
      p95Ms: 95,
      p99Ms: 99,
    });
  });

  it('forget all but the last 256, and count those too', () => {
    const old = Array.from({ length: 1000 }, () => 1_000_000);
    const recent = Array.from({ length: 256 }, (_, index) => index);
    expect(durationsOf([...old, ...recent]).summary()).toEqual({
      count: 1256,
      lastMs: 255,
      p50Ms: 127,
      p95Ms: 243,
      p99Ms: 253,
    });
  });

  it('are summed up as a plain list would be, however many there are', () =>
    holds(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 600 }),
        (samples) => {
          const kept = samples.slice(-256).toSorted((a, b) => a - b);
          // The smallest sample that at least so many percent of all do not exceed.
          const rank = (percent: number) =>
            kept.find((_, index) => ((index + 1) / kept.length) * 100 >= percent);
          expect(durationsOf(samples).summary()).toEqual({
            count: samples.length,
            lastMs: samples.at(-1),
            p50Ms: rank(50),
            p95Ms: rank(95),
            p99Ms: rank(99),
          });
          return Promise.resolve();
        },
      ),
      { file: 'packages/core/test/lifecycle/durations.test.ts', runs: 200 },
    ));
});
