import { getEventListeners } from 'node:events';
import { OneiricError } from '../../src/errors/oneiric-error.js';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import type { WriteOptions } from '../../src/registry/registry-core.js';
import { Gate } from '../concurrency/harness/gate.js';
import { microtasks, outcomeOf, quiet, rejectionOf } from '../concurrency/harness/turns.js';
import { offer, offers, plugin } from './harness/offer.js';
import { providersOf, seen } from './harness/seen.js';

const REASON = new Error('aborted');

type Write = readonly [
  method: string,
  call: (registry: CandidateRegistry, options: WriteOptions) => Promise<unknown>,
];

const writes: readonly Write[] = [
  [
    'registerCandidate',
    (registry, options) => registry.registerCandidate(offer({ provider: 'new' }), options),
  ],
  ['registerAll', (registry, options) => registry.registerAll(offers(2), options)],
  ['replaceSource', (registry, options) => registry.replaceSource(plugin('p'), offers(2), options)],
  ['select', (registry, options) => registry.select('adapter', 'cache', 'x', options)],
  ['clearSelection', (registry, options) => registry.clearSelection('adapter', 'cache', options)],
  [
    'mark',
    (registry, options) => registry.mark(registry.require('adapter', 'cache'), 'PAUSED', 'x', options),
  ],
  ['transaction', (registry, options) => registry.transaction((tx) => tx.registerAll(offers(2)), options)],
];

/** A registry with one candidate, a selection of it, and a transaction that holds the lock until `go` opens. */
async function occupied(): Promise<{
  lock: ReentrantLock;
  registry: CandidateRegistry;
  go: Gate;
  running: Promise<unknown>;
}> {
  const lock = new ReentrantLock();
  const registry = new CandidateRegistry({ lock, selections: { adapter: { cache: 'old' } } });
  await registry.registerCandidate(offer({ provider: 'old' }));
  const go = new Gate();
  return { lock, registry, go, running: registry.transaction(() => go.passed) };
}

describe.each(writes)('%s with a signal', (_method, call) => {
  it('leaves the queue with the reason when it is aborted while it waits', async () => {
    const { lock, registry, go, running } = await occupied();
    const before = seen(registry);
    const controller = new AbortController();
    const waiting = call(registry, { signal: controller.signal });
    expect((await outcomeOf(waiting)).kind).toBe('pending');
    controller.abort(REASON);
    expect(await rejectionOf(waiting)).toBe(REASON);
    expect(lock.query().pending).toEqual([]);
    go.open();
    await running;
    expect(seen(registry)).toEqual(before);
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });

  it('rejects with the reason and does nothing when that is aborted already', async () => {
    const { registry, go, running } = await occupied();
    const before = seen(registry);
    expect(await rejectionOf(call(registry, { signal: AbortSignal.abort(REASON) }))).toBe(REASON);
    go.open();
    await running;
    expect(await rejectionOf(call(registry, { signal: AbortSignal.abort(REASON) }))).toBe(REASON);
    expect(seen(registry)).toEqual(before);
  });

  it('gives up after timeoutMs with a report of who holds the lock', async () => {
    const { registry, go, running } = await occupied();
    const before = seen(registry);
    const error = await call(registry, { timeoutMs: 1 }).catch((reason: unknown) => reason);
    expect(OneiricError.is(error, 'ONEIRIC_LOCK_TIMEOUT')).toBe(true);
    go.open();
    await running;
    expect(seen(registry)).toEqual(before);
  });
});

it('a write that has begun is not undone by an abort after it', async () => {
  const registry = new CandidateRegistry();
  const controller = new AbortController();
  const running = registry.transaction(
    async (tx) => {
      await tx.registerCandidate(offer({ provider: 'a' }));
      controller.abort(REASON);
      await tx.registerCandidate(offer({ provider: 'b' }));
    },
    { signal: controller.signal },
  );
  await running;
  expect(providersOf(registry)).toEqual(['b', 'a']);
});

it('a call inside a transaction that is aborted while it waits leaves the rest of the transaction alone', async () => {
  const registry = new CandidateRegistry();
  const controller = new AbortController();
  const go = new Gate();
  await registry.transaction(async (tx) => {
    const first = tx.transaction(async (inner) => {
      await inner.registerCandidate(offer({ provider: 'first' }));
      await go.passed;
    });
    const second = tx.registerCandidate(offer({ provider: 'second' }), { signal: controller.signal });
    const third = tx.registerCandidate(offer({ provider: 'third' }));
    controller.abort(REASON);
    expect(await rejectionOf(second)).toBe(REASON);
    go.open();
    await Promise.all([first, third]);
  });
  expect(providersOf(registry)).toEqual(['third', 'first']);
});

/** A crowd of writes, each with the same signal, among others without one. */
async function crowd(
  registry: CandidateRegistry,
  signal: AbortSignal,
): Promise<PromiseSettledResult<unknown>[]> {
  const nest = (tx: CandidateRegistry, depth: number): Promise<unknown> =>
    tx.transaction(
      async (inner) => {
        await inner.registerCandidate(offer({ key: `nest-${depth}`, provider: 'first' }), { signal });
        if (depth < 3) await Promise.allSettled([nest(inner, depth + 1), nest(inner, depth + 2)]);
        await inner.registerCandidate(offer({ key: `nest-${depth}`, provider: 'second' }), { signal });
      },
      { signal },
    );
  return Promise.allSettled([
    registry.registerAll(offers(2, { key: 'all' }), { signal }),
    nest(registry, 0),
    registry.replaceSource(plugin('p'), offers(2, { key: 'source' }), { signal }),
    registry.registerCandidate(offer({ key: 'bystander' })),
    nest(registry, 1),
    registry.select('adapter', 'all', 'p0', { signal }),
  ]);
}

it('an abort at any step of a crowd of writes leaves nothing half done and nothing behind', async () => {
  const ends = new Set<string>();
  let step = 0;
  for (let isOver = false; !isOver; step++) {
    const lock = new ReentrantLock();
    const registry = new CandidateRegistry({ lock });
    const events: number[] = [];
    using _ = registry.on('changed', ({ revision }) => events.push(revision));
    const controller = new AbortController();
    const settled = crowd(registry, controller.signal);
    await microtasks(step);
    controller.abort(REASON);
    const results = await settled;
    await quiet();

    for (const result of results) if (result.status === 'rejected') expect(result.reason).toBe(REASON);
    expect(results[3]?.status).toBe('fulfilled');
    expect(lock.query()).toMatchObject({ held: [], pending: [] });
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
    expect(events).toEqual(Array.from({ length: registry.revision }, (_, index) => index + 1));
    for (const { key } of registry.keys()) {
      const found = providersOf(registry, 'adapter', key).length;
      const whole = key === 'bystander' ? 1 : 2;
      expect({ key, whole: found > 0 && found % whole === 0 }).toEqual({ key, whole: true });
    }
    const sequences = registry
      .keys()
      .flatMap(({ domain, key }) => registry.explain(domain, key).candidates)
      .map(({ rank }) => rank.registration);
    expect(sequences.sort((a, b) => a - b)).toEqual(sequences.map((_, index) => index + 1));
    expect((await registry.registerCandidate(offer({ key: 'next' }))).candidate.sequence).toBe(
      sequences.length + 1,
    );
    ends.add(seen(registry).active.join());
    isOver = results.every(({ status }) => status === 'fulfilled');
  }
  expect(step).toBeGreaterThan(20);
  expect(ends.size).toBeGreaterThan(3);
});
