import { describe, expect, it } from '@jest/globals';

import { quiet } from '../../concurrency/harness/turns.js';
import { coded } from '../../registry/harness/coded.js';
import { Bench, refusal, type Thing } from './bench.js';

const AT = ['adapter', 'cache'] as const;
const running = ({ lifecycle }: Bench): string | undefined =>
  (lifecycle.live(...AT).peek() as Thing | undefined)?.provider;
const standing = ({ lifecycle }: Bench): string => lifecycle.status(...AT).standing.reason;

describe('a decision', () => {
  it('that changes is followed, and the old instance is closed once', async () => {
    await using bench = new Bench();
    await bench.offer('a');
    await bench.lifecycle.activate(...AT);
    await bench.offer('b', { priority: 1 });
    await quiet();
    expect([running(bench), standing(bench), bench.closedOf('a')]).toEqual(['b', 'same', [1]]);
  });

  it('never stops an instance: what is unregistered, disabled or pinned away goes on', async () => {
    await using bench = new Bench();
    const { lifecycle, registry } = bench;
    const withdrawn: string[] = [];
    lifecycle.on('withdrawn', ({ candidate }) => withdrawn.push(candidate.provider));
    const a = await bench.offer('a');
    await lifecycle.activate(...AT);
    await registry.select(...AT, 'nobody');
    await quiet();
    expect([running(bench), standing(bench)]).toEqual(['a', 'nothing-wins']);
    await registry.mark(a.candidate, 'DISABLED', 'maintenance');
    await a.unregister();
    await quiet();
    expect(lifecycle.status(...AT)).toMatchObject({ state: 'withdrawn', running: { provider: 'a' } });
    expect([withdrawn, bench.closedOf('a')]).toEqual([['a'], [0]]);
    await registry.clearSelection(...AT);
    await bench.offer('b');
    await quiet();
    expect([running(bench), lifecycle.status(...AT).state, bench.closedOf('a')]).toEqual(['b', 'ready', [1]]);
  });

  it('of a transaction that is rolled back swaps nothing', async () => {
    await using bench = new Bench();
    await bench.offer('a');
    await bench.lifecycle.activate(...AT);
    const work = bench.registry.transaction(async () => {
      await bench.offer('b', { priority: 1 });
      await quiet(1);
      throw new Error('undone');
    });
    await expect(work).rejects.toThrow('undone');
    await quiet();
    expect([running(bench), bench.built.length]).toEqual(['a', 1]);
  });

  it('of which only the ranking defaults changed restarts nothing that wins as before', async () => {
    await using bench = new Bench();
    await bench.offer('a', { source: { kind: 'plugin', id: 'x', package: 'x' } });
    const instance = await bench.lifecycle.activate(...AT);
    await bench.registry.setRankingDefaults({ stackOrder: { x: 30 } });
    await quiet();
    expect(bench.lifecycle.live(...AT).peek()).toBe(instance);
    expect([standing(bench), bench.built.length]).toEqual(['same', 1]);
  });

  it('that cannot be followed is told, and the old one goes on', async () => {
    await using bench = new Bench();
    await bench.offer('a');
    await bench.lifecycle.activate(...AT);
    await bench.offer('b', { priority: 1, factory: () => Promise.reject(new Error('no b')) });
    await quiet();
    expect([running(bench), standing(bench), bench.failures.length]).toEqual(['a', 'failed', 1]);
  });

  it('is not followed where that is switched off', async () => {
    await using bench = new Bench({ follow: false });
    await bench.offer('a');
    await bench.lifecycle.activate(...AT);
    await bench.offer('b', { priority: 1 });
    await quiet();
    expect([running(bench), standing(bench)]).toEqual(['a', 'follow-off']);
  });

  it('for another one by name is followed away from what is unwell, also without failover', async () => {
    await using bench = new Bench();
    const a = await bench.offer('a', { priority: 1 });
    await bench.lifecycle.activate(...AT);
    await bench.offer('b');
    await bench.registry.mark(a.candidate, 'UNHEALTHY', 'no ping');
    await quiet();
    expect([running(bench), standing(bench)]).toEqual(['a', 'failover-off']);
    await bench.registry.select(...AT, 'b');
    await quiet();
    expect([running(bench), standing(bench)]).toEqual(['b', 'same']);
  });
});

describe('what is unwell', () => {
  it('is so after `fall` probes in a row and well after `rise`, and serves all the while without failover', async () => {
    await using bench = new Bench({ probe: { fall: 2, rise: 2 } });
    const answers = [true, false, true, false, false, true, true];
    await bench.offer('a', { health: () => answers.shift() ?? true });
    await bench.lifecycle.activate(...AT);
    const seen: unknown[] = [];
    while (answers.length > 0) {
      const { state } = await bench.lifecycle.probe(...AT);
      const { marks, candidates } = bench.registry.explain(...AT).question.facts;
      const isMarked = marks.get(candidates[0]?.sequence ?? -1)?.has('UNHEALTHY') === true;
      expect(isMarked).toBe(state === 'unhealthy');
      seen.push(state);
      await quiet();
      expect(running(bench)).toBe('a');
    }
    expect(seen).toEqual(['healthy', 'healthy', 'healthy', 'unhealthy', 'unhealthy', 'healthy']);
    expect(bench.built).toHaveLength(1);
  });

  it('is only told where the answer does not count', async () => {
    await using bench = new Bench({ failover: true, probe: { fall: 1, rise: 1 } });
    let isWell = true;
    await bench.offer('a', { priority: 1, health: () => isWell });
    await bench.offer('b');
    await bench.lifecycle.activate(...AT);
    isWell = false;
    const phases: string[] = [];
    bench.lifecycle.on('phase', ({ phase, state }) => phases.push(`${phase} ${state}`));
    const { revision } = bench.registry;
    for (let time = 0; time < 3; time++) {
      const { isHealthy, state, trials } = await bench.lifecycle.probe(...AT, { counts: false });
      expect({ isHealthy, state, trials }).toEqual({ isHealthy: false, state: 'healthy', trials: [] });
    }
    await quiet();
    expect([running(bench), bench.registry.revision]).toEqual(['a', revision]);
    expect(phases.slice(0, 2)).toEqual(['health began', 'health failed']);
    await bench.lifecycle.probe(...AT);
    await quiet();
    expect(running(bench)).toBe('b');
  });

  it('is told by what was asked, and so is that nothing can be', async () => {
    const asked = async (provider: string, offer: object): Promise<unknown> => {
      await using bench = new Bench();
      await bench.offer(provider, offer);
      await bench.lifecycle.activate(...AT);
      const { isHealthy, check, state } = await bench.lifecycle.probe(...AT);
      return [isHealthy, check, state];
    };
    expect(await asked('a', { health: () => true })).toEqual([true, 'health', 'healthy']);
    expect(await asked('a', {})).toEqual([true, null, 'unknown']);
  });

  it('is failed over from, and returned to after `rise` good trials', async () => {
    await using bench = new Bench({ failover: true, probe: { fall: 1, rise: 2 } });
    let isWell = true;
    await bench.offer('a', { priority: 1, health: () => isWell });
    await bench.offer('b');
    await bench.lifecycle.activate(...AT);
    isWell = false;
    await bench.lifecycle.probe(...AT);
    await quiet();
    expect([running(bench), standing(bench)]).toEqual(['b', 'same']);
    expect((await bench.lifecycle.probe(...AT)).trials).toEqual([{ provider: 'a', isHealthy: false }]);
    isWell = true;
    await bench.lifecycle.probe(...AT);
    await quiet();
    expect(running(bench)).toBe('b');
    await bench.lifecycle.probe(...AT);
    await quiet();
    expect([running(bench), standing(bench)]).toEqual(['a', 'same']);
    const open = bench.built.filter(({ closed }) => closed === 0);
    expect(open).toEqual([bench.lifecycle.live(...AT).peek()]);
    expect(bench.built.every(({ closed }) => closed <= 1)).toBe(true);
  });

  it.each([
    ['a pinned provider never', 'a', 'a'],
    ['a preferred one', { provider: 'a', policy: 'prefer' } as const, 'b'],
  ])('%s fails over', async (_, selection, expected) => {
    await using bench = new Bench({ failover: true, probe: { fall: 1 } });
    let isWell = true;
    await bench.offer('a', { health: () => isWell });
    await bench.offer('b');
    await bench.registry.select(...AT, selection);
    await bench.lifecycle.activate(...AT);
    isWell = false;
    await bench.lifecycle.probe(...AT);
    await quiet();
    expect(running(bench)).toBe(expected);
  });

  it('a start fails over to the next, and none is started where the first is pinned', async () => {
    await using bench = new Bench({ failover: true });
    await bench.offer('a', { priority: 1, factory: () => Promise.reject(new Error('no a')) });
    await bench.offer('b');
    await bench.registry.select(...AT, 'a');
    expect(await refusal(bench.lifecycle.activate(...AT))).toEqual(coded('ONEIRIC_LIFECYCLE_FAILED'));
    await bench.registry.clearSelection(...AT);
    expect(await bench.lifecycle.activate(...AT)).toMatchObject({ provider: 'b' });
  });

  it('where all of them failed, they can be tried again', async () => {
    await using bench = new Bench({ failover: true });
    let isWell = false;
    for (const provider of ['a', 'b'])
      await bench.offer(provider, {
        factory: () => {
          if (!isWell) throw new Error(`no ${provider}`);
          return bench.thing(provider);
        },
      });
    expect(await refusal(bench.lifecycle.activate(...AT))).toEqual(coded(/^ONEIRIC_/));
    isWell = true;
    expect(await bench.lifecycle.activate(...AT)).toMatchObject({ provider: 'b' });
  });

  it('and stopped, it can be started again', async () => {
    await using bench = new Bench({ probe: { fall: 1 } });
    let isWell = true;
    await bench.offer('a', { health: () => isWell });
    await bench.lifecycle.activate(...AT);
    isWell = false;
    await bench.lifecycle.probe(...AT);
    isWell = true;
    await bench.lifecycle.deactivate(...AT);
    expect(await bench.lifecycle.activate(...AT)).toMatchObject({ provider: 'a' });
  });

  it('is not tried any more once nobody offers it', async () => {
    await using bench = new Bench({ failover: true, probe: { fall: 1 } });
    const a = await bench.offer('a', { priority: 1, health: () => bench.built.length === 1 });
    await bench.offer('b');
    await bench.lifecycle.activate(...AT);
    bench.thing('somebody else');
    await bench.lifecycle.probe(...AT);
    await quiet();
    expect(running(bench)).toBe('b');
    await a.unregister();
    expect((await bench.lifecycle.probe(...AT)).trials).toEqual([]);
  });

  it('is tried as it is offered now', async () => {
    await using bench = new Bench({ failover: true, probe: { fall: 1, rise: 1 } });
    const source = { kind: 'plugin', id: 'x' } as const;
    let isWell = true;
    await bench.offer('a', { priority: 1, source, health: () => isWell });
    await bench.offer('b');
    await bench.lifecycle.activate(...AT);
    isWell = false;
    await bench.lifecycle.probe(...AT);
    await quiet();
    await bench.offer('a', {
      priority: 1,
      source,
      version: '2.0.0',
      factory: () => bench.thing('a, repaired'),
    });
    await bench.lifecycle.probe(...AT);
    await quiet();
    expect(running(bench)).toBe('a, repaired');
  });
});

describe('what is paused', () => {
  it('says so in the decision, holds calls, and is followed after it is resumed', async () => {
    await using bench = new Bench();
    const { lifecycle, registry } = bench;
    await bench.offer('a', { priority: 1 });
    await bench.offer('b');
    await lifecycle.activate(...AT);
    await lifecycle.pause(...AT, { reason: 'migration' });
    expect(JSON.stringify(registry.explain(...AT).toJSON())).toMatch(/PAUSED.*migration/s);
    const { proxy, use } = lifecycle.live(...AT);
    expect(() => (proxy as Thing).provider).toThrow(coded('ONEIRIC_LIFECYCLE_PAUSED'));
    let answer: unknown;
    const waiting = use((it) => (answer = (it as Thing).provider));
    await quiet();
    expect([answer, running(bench), standing(bench), lifecycle.status(...AT).state]).toEqual([
      undefined,
      'a',
      'paused',
      'paused',
    ]);
    await lifecycle.resume(...AT);
    await waiting;
    await quiet();
    expect([answer, running(bench), standing(bench)]).toEqual(['a', 'a', 'same']);
    expect([...registry.explain(...AT).question.facts.marks.values()].every(({ size }) => size === 0)).toBe(
      true,
    );
  });

  it('lets nobody wait longer than waitMs', async () => {
    await using bench = new Bench({ timeouts: { waitMs: 50 } });
    await bench.offer('a');
    await bench.lifecycle.activate(...AT);
    await bench.lifecycle.pause(...AT);
    const use = bench.lifecycle.live(...AT).use(() => 1);
    use.catch(() => undefined);
    await bench.pass(50);
    expect(await refusal(use)).toMatchObject({ code: 'ONEIRIC_LIFECYCLE_PAUSED', details: { waitedMs: 50 } });
  });

  it('by drain waits for the calls in flight, and stays paused where they do not end', async () => {
    await using bench = new Bench();
    await bench.offer('a');
    await bench.lifecycle.activate(...AT);
    void bench.lifecycle.live(...AT).use(() => bench.hang());
    const drain = bench.lifecycle.drain(...AT);
    drain.catch(() => undefined);
    await quiet();
    expect(bench.lifecycle.status(...AT).state).toBe('draining');
    await bench.pass(30_000);
    expect((await refusal(drain)).cause).toEqual(coded('ONEIRIC_LIFECYCLE_DRAIN_TIMEOUT'));
    expect([bench.lifecycle.status(...AT).state, bench.closedOf('a')]).toEqual(['paused', [0]]);
  });

  it('and offered anew meanwhile, it loses its mark when it is resumed', async () => {
    await using bench = new Bench();
    const source = { kind: 'plugin', id: 'x' } as const;
    const factory = () => bench.thing('a');
    await bench.offer('a', { source, factory });
    await bench.lifecycle.activate(...AT);
    await bench.lifecycle.pause(...AT);
    await bench.offer('a', { source, factory, metadata: { note: 'new' } });
    await bench.lifecycle.resume(...AT);
    await quiet();
    expect(bench.registry.resolve(...AT)).toMatchObject({ provider: 'a' });
    expect([standing(bench), bench.built.length]).toEqual(['same', 1]);
  });

  it('nothing that does not run can be', async () => {
    await using bench = new Bench();
    await bench.offer('a');
    const { lifecycle } = bench;
    for (const asked of [lifecycle.pause(...AT), lifecycle.drain(...AT), lifecycle.probe(...AT)])
      expect(await refusal(asked)).toEqual(coded('ONEIRIC_LIFECYCLE_NOT_ACTIVE'));
  });
});

describe('a rollback', () => {
  it('returns to the last that was good, over swaps that failed', async () => {
    await using bench = new Bench({ follow: false });
    const { lifecycle } = bench;
    for (const provider of ['a', 'b']) await bench.offer(provider);
    await bench.offer('bad', { factory: () => Promise.reject(new Error('bad')) });
    await lifecycle.swap(...AT, { provider: 'a' });
    await lifecycle.swap(...AT, { provider: 'b' });
    await refusal(lifecycle.swap(...AT, { provider: 'bad' }));
    expect(await lifecycle.rollback(...AT)).toMatchObject({ outcome: 'swapped', to: { provider: 'a' } });
    expect([running(bench), standing(bench)]).toEqual(['a', 'chosen']);
    expect(await refusal(lifecycle.rollback(...AT))).toEqual(coded('ONEIRIC_LIFECYCLE_NO_ROLLBACK'));
  });

  it('is refused where the last good one may not run any more, and what runs goes on', async () => {
    await using bench = new Bench({ follow: false });
    const a = await bench.offer('a');
    await bench.offer('b');
    await bench.lifecycle.swap(...AT, { provider: 'a' });
    await bench.lifecycle.swap(...AT, { provider: 'b' });
    await a.unregister();
    expect(await refusal(bench.lifecycle.rollback(...AT))).toEqual(coded('ONEIRIC_LIFECYCLE_NO_ROLLBACK'));
    expect(running(bench)).toBe('b');
  });

  it('to a version that nobody offers any more does not say that it was done', async () => {
    await using bench = new Bench();
    const source = { kind: 'plugin', id: 'x' } as const;
    await bench.offer('a', { source, version: '1.0.0' });
    await bench.lifecycle.activate(...AT);
    await bench.offer('a', { source, version: '2.0.0', factory: () => bench.thing('a') });
    await quiet();
    expect(bench.lifecycle.status(...AT).running).toEqual({ provider: 'a', version: '2.0.0' });
    expect(await refusal(bench.lifecycle.rollback(...AT))).toEqual(coded('ONEIRIC_LIFECYCLE_NO_ROLLBACK'));
  });
});

describe('many at once', () => {
  it('100 swaps under 1,000 calls in flight: each call is answered once, each old instance closed once', async () => {
    await using bench = new Bench({ follow: false });
    const { lifecycle } = bench;
    await bench.offer('a');
    await bench.offer('b');
    await lifecycle.swap(...AT, { provider: 'a' });
    const wrong: string[] = [];
    let answers = 0;
    const handle = lifecycle.live(...AT);
    const calls = Array.from({ length: 1000 }, (_, index) =>
      handle.use(async (it) => {
        const thing = it as Thing;
        for (let turn = 0; turn < index % 50; turn++) await Promise.resolve();
        if (thing.closed > 0) wrong.push(`call ${String(index)} outlived its instance`);
        answers++;
      }),
    );
    const swaps = Array.from({ length: 100 }, (_, index) =>
      lifecycle.swap(...AT, { provider: index % 2 === 0 ? 'b' : 'a' }),
    );
    const reports = await Promise.all(swaps);
    await Promise.all(calls);
    expect([wrong, answers]).toEqual([[], 1000]);
    expect(reports.every(({ outcome, problems }) => outcome === 'swapped' && problems.length === 0)).toBe(
      true,
    );
    expect(bench.built.map(({ closed }) => closed)).toEqual([...Array.from({ length: 100 }, () => 1), 0]);
  });

  it('a close during a swap ends it; the old and the new instance are closed once', async () => {
    await using bench = new Bench({ follow: false });
    await bench.offer('a');
    await bench.lifecycle.activate(...AT);
    await bench.offer('b', { health: () => bench.hang<boolean>() });
    const swap = bench.lifecycle.swap(...AT);
    swap.catch(() => undefined);
    await quiet();
    await bench.lifecycle.close();
    expect(await refusal(swap)).toEqual(coded('ONEIRIC_LIFECYCLE_CLOSED'));
    expect(bench.built.map(({ closed }) => closed)).toEqual([1, 1]);
  });
});
