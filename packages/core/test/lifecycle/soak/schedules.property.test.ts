import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { OneiricError } from '../../../src/errors/oneiric-error.js';
import { holds, propertyTimeoutMs } from '../../property.js';
import { operate } from './operators.js';
import { randomFrom } from './random.js';
import { PROVIDERS, SoakWorld } from './soak-world.js';

// What holds whatever is done in whatever order, stops and starts included:
//  1. A call is made at most once, by an instance that is open until it ends, unless it was told that the time to drain
//     it was over; one that is refused was not made. A refusal has a code, and says that nothing runs, that calls are
//     held, or why it could not be started.
//  2. Every instance is closed exactly once, and at most one runs for each key.
//  3. Where something ran it runs on until somebody stops it: a decision does not.
//  4. What fails has a code.
//  5. When the dust has settled and everything is resumed, what runs is what wins, or its standing says why not; what
//     runs has all that it injects.
//  6. After `close` nothing is open, and nothing is left: no critical section, no timer.

const REFUSALS =
  /^ONEIRIC_(RESOLUTION_NONE|LIFECYCLE_(NOT_ACTIVE|PAUSED|FAILED|DEPENDENCY|CYCLE|REENTRANT|UNHEALTHY|TIMEOUT))$/;

interface Schedule {
  readonly seed: number;
  readonly keys: number;
  readonly operators: number;
  readonly callers: number;
  readonly lengthMs: number;
  readonly throwing: number;
  readonly hanging: number;
  readonly failover: boolean;
  readonly concurrency: number;
  readonly closesEarly: boolean;
}

const schedules = fc.record<Schedule>({
  seed: fc.nat(),
  keys: fc.integer({ min: 1, max: 4 }),
  operators: fc.integer({ min: 1, max: 8 }),
  callers: fc.integer({ min: 0, max: 8 }),
  lengthMs: fc.integer({ min: 1, max: 150 }),
  throwing: fc.constantFrom(0, 50, 300),
  hanging: fc.constantFrom(0, 30, 200),
  failover: fc.boolean(),
  concurrency: fc.constantFrom(1, 2, 8),
  closesEarly: fc.boolean(),
});

async function play(schedule: Schedule): Promise<void> {
  const { seed, failover, concurrency, lengthMs, closesEarly } = schedule;
  const options = { failover, concurrency, probe: { fall: 2, rise: 1, intervalMs: 20 } };
  const world = new SoakWorld({ ...schedule, options }, 100_000);
  const { lifecycle, keys, clock } = world;
  for (const index of keys.keys()) for (const provider of PROVIDERS) await world.register(index, provider);
  const isOver = (): boolean => clock.now() >= lengthMs;
  const ran = new Map<string, boolean>();
  const look = (): void => {
    for (const { key, running, state } of lifecycle.statuses()) {
      const isStopped = state === 'draining' || state === 'retired';
      if (ran.get(key) === true && running === null && !isStopped)
        world.wrong(`${key} was stopped by nobody`);
      ran.set(key, running !== null);
    }
  };
  const mayRefuse = (error: unknown): boolean =>
    OneiricError.is(error) &&
    (REFUSALS.test(error.code) || (lifecycleIsClosing && error.code === 'ONEIRIC_LIFECYCLE_CLOSED'));
  let lifecycleIsClosing = false;
  const work = [
    ...Array.from({ length: schedule.callers }, async (_, index) => {
      const random = randomFrom(seed + 1000 + index);
      while (!isOver()) {
        await world.call(random, mayRefuse);
        await world.sleep(1);
      }
    }),
    ...Array.from({ length: schedule.operators }, (_, index) =>
      operate(world, seed + 5000 + index, isOver, { stops: true }),
    ),
  ];
  const all = Promise.all(work);
  all.catch(() => undefined);
  await world.passUntil(() => {
    look();
    return isOver();
  }, 100_000);

  if (!closesEarly) {
    await world.finish(all);
    await settle(world);
  }
  lifecycleIsClosing = true;
  world.isCalm = true;
  await world.finish(
    lifecycle.close().catch((error: unknown) => {
      if (!(error instanceof AggregateError)) throw error;
      for (const each of error.errors) if (!OneiricError.is(each)) world.wrong(`close: ${String(each)}`);
    }),
  );
  await world.finish(all);
  await world.finish(world.sleep(1000));
  expect(world.open.size).toBe(0);
  expect(clock.pending).toBe(0);
  expect(world.problems).toEqual([]);
}

async function settle(world: SoakWorld): Promise<void> {
  const { lifecycle, keys } = world;
  world.isCalm = true;
  await world.finish(Promise.allSettled(keys.map((key) => lifecycle.resume('adapter', key))));
  await world.finish(world.sleep(1000));
  const isAtRest = (): boolean =>
    lifecycle.statuses().every(({ inFlight, operation }) => inFlight === 0 && operation === null);
  await world.passUntil(isAtRest, 1000);
  let running = 0;
  for (const status of lifecycle.statuses()) {
    const { standing, key, retiring, dependencies, state } = status;
    expect({ key, retiring }).toEqual({ key, retiring: [] });
    expect(['same', 'not-running', 'nothing-wins', 'failed', 'chosen', 'failover-off']).toContain(
      standing.reason,
    );
    if (standing.reason === 'same') expect(standing.running).toEqual(standing.winner);
    for (const needed of dependencies) expect(needed.running).not.toBeNull();
    expect(['activating', 'draining', 'paused']).not.toContain(state);
    if (status.running !== null) running++;
  }
  expect(world.open.size).toBe(running);
}

describe('whatever is done, in whatever order', () => {
  it(
    'calls are answered once by what is open, all is closed once, and what runs is what wins',
    async () => {
      await holds(fc.asyncProperty(schedules, play), {
        file: 'packages/core/test/lifecycle/soak/schedules',
        runs: 40,
        soakShare: 0.5,
      });
    },
    propertyTimeoutMs,
  );
});
