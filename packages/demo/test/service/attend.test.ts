import { setTimeout } from 'node:timers/promises';

import type { Oneiric } from '@oneiric/core';

import { attend, type Patience } from '../../src/service/attend.js';
import type { Figures } from '../../src/service/figures-line.js';
import type { Sums } from '../../src/service/sums.js';
import { WANTED } from '../../src/tools.js';
import { demoOneiric } from '../support/demo-registry.js';
import { placesFile } from '../support/places-file.js';

const NO_PATIENCE: Patience = { waitMs: 50, lostMs: 50 };

let input: Awaited<ReturnType<typeof placesFile>>;
let oneiric: Oneiric;
beforeEach(async () => {
  input = await placesFile();
  oneiric = await demoOneiric();
});
afterEach(async () => {
  await oneiric.close().catch(() => undefined);
  await input[Symbol.asyncDispose]();
});

/** A service at work, the jobs that it has done, and a way to stop it. */
async function atWork(patience?: Patience) {
  const stop = new AbortController();
  let opened: (figures: () => Figures) => void;
  const opening = new Promise<() => Figures>((resolve) => (opened = resolve));
  const sums = attend(oneiric, {
    name: 'places',
    file: input.file,
    jobs: 4,
    stop: stop.signal,
    ...(patience === undefined ? {} : { patience }),
    onOpen: async (figures) => {
      opened(figures);
      return { [Symbol.asyncDispose]: async () => undefined };
    },
  });
  const figures = await opening;
  return {
    figures,
    until: async (reached: (figures: Figures) => boolean): Promise<void> => {
      while (!reached(figures())) await setTimeout(1);
    },
    end: (): Promise<Sums> => {
      stop.abort();
      return sums;
    },
  };
}

const { serializer, compressor, cache } = WANTED;

it('loses nothing while serializers, compressors and caches are swapped under its jobs', async () => {
  const { until, end, figures } = await atWork();
  const { lifecycle } = oneiric;
  const swaps = [
    () => lifecycle.swap(serializer.key, { provider: 'msgpack' }),
    () => lifecycle.swap(compressor.key, { provider: 'gzip' }),
    () => lifecycle.swap(cache.key, { provider: 'tiny-lru' }),
    () => lifecycle.swap(serializer.key, { provider: 'v8' }),
    () => lifecycle.swap(cache.key, { provider: 'map' }),
    () => lifecycle.rollback(compressor.key),
    () => oneiric.registry.select('adapter', 'serializer', 'yaml'),
    () => lifecycle.rollback(serializer.key),
    () => lifecycle.swap(compressor.key, { provider: 'fflate' }),
    () => lifecycle.rollback(cache.key),
  ];
  for (const swap of swaps) {
    const { done } = figures();
    await until((now) => now.done >= done + 5);
    await swap();
  }
  const { done } = figures();
  await until((now) => now.done >= done + 5);
  const sums = await end();
  expect(sums).toMatchObject({
    jobs: { wrong: 0, failed: 0 },
    calls: { refused: 0, withdrawn: 0, lost: 0, onClosed: 0 },
    swaps: swaps.length,
    instances: { started: 7 + swaps.length, closedOnce: 7 + swaps.length },
    problems: [],
    isFine: true,
  });
  expect(sums.calls.answered).toBe(sums.calls.begun);
  expect(sums.jobs.done).toBeGreaterThan(50);
});

it('holds its jobs while something is paused, and goes on when it is resumed', async () => {
  const { until, end, figures } = await atWork();
  const { lifecycle } = oneiric;
  await lifecycle.drain(cache.key);
  await until(({ inFlight }) => inFlight === 4);
  const { done } = figures();
  await setTimeout(20);
  expect(figures().done).toBe(done);
  await lifecycle.resume(cache.key);
  await until((now) => now.done > done + 8);
  expect(await end()).toMatchObject({ calls: { refused: 0, withdrawn: 0, lost: 0 }, isFine: true });
});

it('gives up what waits for something paused when it is stopped, which is no loss', async () => {
  const { until, end } = await atWork(NO_PATIENCE);
  await oneiric.lifecycle.drain(compressor.key);
  await until(({ inFlight }) => inFlight === 4);
  const sums = await end();
  expect(sums).toMatchObject({ jobs: { failed: 0 }, calls: { refused: 0, lost: 0 }, isFine: true });
  // Four wait for the compressor, with a serializer in their hands.
  expect(sums.calls.withdrawn).toBe(8);
});

it('finishes the jobs that are in flight when it is stopped', async () => {
  const { until, end, figures } = await atWork();
  await until(({ done, inFlight }) => done > 4 && inFlight === 4);
  const { done } = figures();
  const sums = await end();
  expect(sums.jobs.done).toBeGreaterThanOrEqual(done + 4);
  expect(sums.calls).toMatchObject({ withdrawn: 0, lost: 0 });
});

it('does nothing where it is stopped before it begins', async () => {
  const sums = await attend(oneiric, {
    name: 'places',
    file: input.file,
    jobs: 4,
    stop: AbortSignal.abort(),
    onOpen: async () => ({ [Symbol.asyncDispose]: async () => undefined }),
  });
  expect(sums).toMatchObject({ jobs: { done: 0 }, instances: { started: 7, closedOnce: 7 }, isFine: true });
});

describe('what it complains of', () => {
  const offer = (provider: string, tools: object): Promise<unknown> =>
    oneiric.registry.registerCandidate({ ...serializer.key, provider, factory: () => tools });

  it('is a serializer that loses something', async () => {
    await offer('forgetful', {
      encode: (value: unknown) => Buffer.from(JSON.stringify(value)),
      decode: (bytes: Uint8Array) => (JSON.parse(Buffer.from(bytes).toString()) as unknown[]).slice(1),
    });
    const { until, end } = await atWork();
    await oneiric.lifecycle.swap(serializer.key, { provider: 'forgetful' });
    await until(({ failed }) => failed > 0);
    const sums = await end();
    expect(sums.jobs.wrong).toBeGreaterThan(0);
    expect(sums.isFine).toBe(false);
  });

  it('is a serializer that throws, with what it said', async () => {
    await offer('broken', {
      encode: () => {
        throw new Error('out of ink');
      },
    });
    const { until, end } = await atWork();
    await oneiric.lifecycle.swap(serializer.key, { provider: 'broken' });
    await until(({ failed }) => failed >= 4);
    const sums = await end();
    expect(sums.jobs.failed).toBeGreaterThanOrEqual(4);
    expect(sums.calls.refused).toBeGreaterThanOrEqual(4);
    expect(sums.problems).toContain('out of ink');
    expect(sums.isFine).toBe(false);
  });

  it('is a compressor that never answers: its calls are lost, and closed under', async () => {
    await oneiric.close();
    oneiric = await demoOneiric({ lifecycle: { timeouts: { drainMs: 50 } } });
    await oneiric.registry.registerCandidate({
      ...compressor.key,
      provider: 'silent',
      factory: () => ({ compress: () => new Promise(() => undefined) }),
    });
    const { until, end } = await atWork(NO_PATIENCE);
    await oneiric.lifecycle.swap(compressor.key, { provider: 'silent' });
    await until(({ inFlight }) => inFlight === 4);
    const sums = await end();
    expect(sums.calls.lost).toBe(12);
    expect(sums.problems.join()).toContain('drain');
    expect(sums.isFine).toBe(false);
  });

  it('is an instance that is closed twice', async () => {
    const { until, end } = await atWork();
    await until(({ done }) => done > 0);
    const json = oneiric.live(serializer.key).peek() as unknown as AsyncDisposable;
    await json[Symbol.asyncDispose]();
    const sums = await end();
    expect(sums.instances).toEqual({ started: 7, closedOnce: 6 });
    expect(sums.isFine).toBe(false);
  });
});
