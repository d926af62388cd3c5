import { describe, expect, it } from '@jest/globals';

import { OneiricError } from '../../../src/errors/oneiric-error.js';
import { collectGarbage } from '../../registry/harness/bytes-kept.js';
import { operate } from './operators.js';
import { randomFrom } from './random.js';
import { PROVIDERS, SoakWorld } from './soak-world.js';

/** How long the long form runs, in milliseconds; 0 for one round. Set by `npm run soak`. */
const soakMs = Number(process.env['ONEIRIC_SOAK_MS'] ?? 0);

/** The short form, of `npm test`, is a quarter of the long one. */
const SHARE = soakMs === 0 ? 0.25 : 1;
const SWAPS = 1000 * SHARE;
const CALLS = 100_000 * SHARE;
const CALLERS = 200;
const KEYS = 20;
const OPERATORS = 30;
const MOST_BYTES_KEPT = 3_000_000;

// What holds all the time:
//  1. Nothing stops what was started here: every call is answered, exactly once, by an instance that was open from the
//     call's begin to its end, unless it was told that the time to drain it was over. Only a call that cannot wait may
//     be refused, with …_PAUSED, while calls are held.
//  2. Every instance is closed exactly once, and not under a call, unless that was told.
//  3. What fails has a code.
//  4. The heap is no larger at the end than after a quarter.
//  5. When the dust has settled, what runs is what wins, or its standing says why not.

async function soak(seed: number): Promise<{ readonly summary: string }> {
  const world = new SoakWorld({ seed, keys: KEYS, throwing: 60, hanging: 30 }, 4 * CALLS);
  const { lifecycle, keys } = world;
  world.isCalm = true;
  for (const index of keys.keys()) for (const provider of PROVIDERS) await world.register(index, provider);
  await world.finish(Promise.all(keys.map((key) => lifecycle.activate('adapter', key))));
  world.isCalm = false;

  const isOver = (): boolean => world.problems.length > 0 || (world.swapped >= SWAPS && world.calls >= CALLS);
  const mayRefuse = (error: unknown, isProxy: boolean): boolean =>
    isProxy && OneiricError.is(error, 'ONEIRIC_LIFECYCLE_PAUSED');
  const callers = Array.from({ length: CALLERS }, async (_, index) => {
    const random = randomFrom(seed + 1000 + index);
    while (!isOver() && world.calls < 4 * CALLS) {
      await world.call(random, mayRefuse);
      await world.sleep(1);
    }
  });
  const operators = Array.from({ length: OPERATORS }, (_, index) =>
    operate(world, seed + 5000 + index, isOver),
  );
  const heap = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const isAt = (share: number) => (): boolean =>
    isOver() || (world.swapped >= share * SWAPS && world.calls >= share * CALLS);
  await world.passUntil(isAt(0.25), 100_000);
  const early = heap();
  await world.passUntil(isOver, 100_000);
  const late = heap();
  await world.finish(Promise.all([...callers, ...operators]));

  expect(world.problems).toEqual([]);
  expect(world.answered + world.refused).toBe(world.calls);
  expect(late - early).toBeLessThan(MOST_BYTES_KEPT);

  await expectDustSettles(world);
  await world.finish(lifecycle.close());
  await world.finish(world.sleep(1000));
  expect(world.open.size).toBe(0);
  expect(world.problems).toEqual([]);
  return {
    summary: `${String(world.swapped)} swaps, ${String(world.answered)} calls answered, ${String(world.refused)} refused, ${String(world.failures)} failures, ${String(world.built)} instances, ${String(late - early)} bytes`,
  };
}

async function expectDustSettles(world: SoakWorld): Promise<void> {
  const { lifecycle, keys } = world;
  world.isCalm = true;
  await world.finish(Promise.allSettled(keys.map((key) => lifecycle.resume('adapter', key))));
  await world.finish(world.sleep(1000));
  for (const status of lifecycle.statuses()) {
    const { standing, key, inFlight, retiring, operation } = status;
    expect({ key, inFlight, retiring, operation }).toEqual({
      key,
      inFlight: 0,
      retiring: [],
      operation: null,
    });
    expect(['same', 'nothing-wins', 'failed', 'chosen', 'failover-off']).toContain(standing.reason);
  }
  expect(world.open.size).toBe(keys.length);
}

describe('1,000 swaps over 20 keys under 200 callers', () => {
  it(
    'every call is answered exactly once by an open instance, every instance is closed exactly once, memory is flat',
    async () => {
      const seed = Number(process.env['ONEIRIC_SEED'] ?? Math.trunc(Math.random() * 2 ** 31));
      const until = Date.now() + soakMs;
      let round = 0;
      do {
        try {
          const { summary } = await soak(seed + round);
          if (process.env['ONEIRIC_SOAK_SUMMARY'] !== undefined) process.stderr.write(`${summary}\n`);
        } catch (error) {
          const replay = `ONEIRIC_SEED=${String(seed + round)} npm test -- packages/core/test/lifecycle/soak`;
          throw new Error(`${(error as Error).message}\n\nReplay:\n${replay}\n`, { cause: error });
        }
        round++;
      } while (Date.now() < until);
    },
    soakMs + 120_000,
  );
});
