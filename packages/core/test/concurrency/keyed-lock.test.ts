import { describe, expect, it } from '@jest/globals';
import { KeyedLock } from '../../src/concurrency/keyed-lock.js';
import { useLeakCheck } from './harness/leak-check.js';
import type { RequestOptions } from './harness/subject.js';
import { quiet, soon } from './harness/turns.js';
import { pass } from './harness/virtual-time.js';
import { scene, visit } from './harness/visit.js';

describe('a lock for each key', () => {
  const watch = useLeakCheck();

  function newLock(options?: ConstructorParameters<typeof KeyedLock>[0]) {
    const lock = watch(new KeyedLock(options));
    const enter = (key: string, name: string, request?: RequestOptions) =>
      visit({ run: (fn, each) => lock.runExclusive(key, fn, each) }, name, request);
    return { lock, enter };
  }

  it('sections of different keys run side by side, sections of one key one after the other', async () => {
    const { enter } = newLock();
    const [a1, b1, a2, b2] = [enter('a', 'a1'), enter('b', 'b1'), enter('a', 'a2'), enter('b', 'b2')];
    await quiet(20);
    expect(scene(a1, b1, a2, b2)).toEqual({ a1: 'inside', b1: 'inside', a2: 'waiting', b2: 'waiting' });
    for (const visitor of [a1, b1, a2, b2]) visitor.leave();
    await quiet();
    expect(scene(a1, b1, a2, b2)).toEqual({ a1: 'returned', b1: 'returned', a2: 'returned', b2: 'returned' });
  });

  it('keeps no key that nobody holds or waits for, however its last section or request ended', async () => {
    const { lock, enter } = newLock();
    const keys = () => [...lock.keys()];
    expect(keys()).toEqual([]);
    await lock.runExclusive('sync', () => undefined);
    await soon(lock.runExclusive('async', () => quiet(1)));
    await lock.runExclusive('thrown', () => Promise.reject(new Error('failed'))).catch(() => undefined);
    await lock
      .runExclusive('aborted', () => undefined, { signal: AbortSignal.abort() })
      .catch(() => undefined);
    await lock.runExclusive('refused', () => undefined, { timeoutMs: -1 }).catch(() => undefined);
    await lock.runExclusive('nested', () => lock.runExclusive('nested', () => quiet(1)));
    expect(keys()).toEqual([]);
    const control = new AbortController();
    const holder = enter('held', 'holder');
    const aborted = enter('held', 'aborted', { signal: control.signal });
    const hasty = enter('held', 'hasty', { timeoutMs: 5 });
    await quiet();
    expect(keys()).toEqual(['held']);
    holder.leave();
    control.abort();
    await pass(5);
    hasty.leave();
    await quiet();
    expect(aborted.state).toBe('rejected');
    expect(keys()).toEqual([]);
    expect(lock.isLocked()).toBe(false);
  });

  it('keeps a key whose section has settled while a section inside is still running, and drops it then', async () => {
    const { lock, enter } = newLock();
    const parent = enter('a', 'parent');
    await quiet();
    const orphan = parent.within(() => enter('a', 'orphan'));
    await quiet();
    parent.leave();
    await quiet();
    expect([...lock.keys()]).toEqual(['a']);
    const rival = enter('a', 'rival');
    await quiet();
    expect(rival.state).toBe('waiting');
    orphan.leave();
    rival.leave();
    await quiet();
    expect([...lock.keys()]).toEqual([]);
  });

  it('a key that was dropped and is used again is a lock like the first: late work of its old sections is a stranger', async () => {
    const { lock, enter } = newLock();
    const gone = enter('a', 'gone');
    await quiet();
    gone.leave();
    await quiet();
    const holder = enter('a', 'holder');
    await quiet();
    const late = gone.within(() => enter('a', 'late'));
    await quiet();
    expect([gone.within(() => lock.isHeldByCurrentContext('a')), late.state]).toEqual([false, 'waiting']);
    holder.leave();
    late.leave();
    await quiet();
    expect(late.state).toBe('returned');
  });

  it('a request made while the last holder of a key leaves is granted, at whatever step it comes', async () => {
    for (let step = 0; step < 16; step++) {
      const { enter } = newLock();
      const holder = enter('a', 'holder');
      await quiet();
      holder.leave();
      for (let turn = 0; turn < step; turn++) await Promise.resolve();
      const [next, last] = [enter('a', 'next'), enter('a', 'last')];
      await quiet();
      expect({ step, ...scene(holder, next, last) }).toEqual({
        step,
        holder: 'returned',
        next: 'inside',
        last: 'waiting',
      });
      next.leave();
      last.leave();
      await quiet();
    }
  });

  it('ownership is by key: a section owns its own key, and may take others inside', async () => {
    const { lock, enter } = newLock();
    const inA = enter('a', 'inA');
    await quiet();
    const inB = inA.within(() => enter('b', 'inB'));
    await quiet();
    const owned = () => ['a', 'b', 'c'].map((key) => lock.isHeldByCurrentContext(key));
    expect([owned(), inA.within(owned), inB.within(owned)]).toEqual([
      [false, false, false],
      [true, false, false],
      [true, true, false],
    ]);
    expect(inB.within(() => lock.detach('a', owned))).toEqual([false, true, false]);
    expect(inB.within(() => lock.detach('b', owned))).toEqual([true, false, false]);
    expect(inB.within(() => lock.detach('c', owned))).toEqual([true, true, false]);
    expect(() => inB.within(() => lock.assertLeaf('c'))).toThrow(
      expect.objectContaining({ code: 'ONEIRIC_LOCK_NOT_OWNED' }),
    );
    inB.leave();
    inA.leave();
    await quiet();
  });

  it('query shows one key or all of them, and counts for all keys together', async () => {
    const { lock, enter } = newLock({ name: 'rows' });
    const [a, b, waiting] = [enter('a', 'in a'), enter('b', 'in b'), enter('b', 'waits for b')];
    await quiet();
    expect(lock.query('a')).toMatchObject({ lock: 'rows[a]', held: [{ name: 'in a' }], pending: [] });
    expect(lock.query('b')).toMatchObject({ held: [{ name: 'in b' }], pending: [{ name: 'waits for b' }] });
    expect(lock.query('c')).toMatchObject({ held: [], pending: [] });
    expect(lock.query()).toMatchObject({
      lock: 'rows',
      held: [{ name: 'in a' }, { name: 'in b' }],
      pending: [{ name: 'waits for b' }],
      pendingTotal: 1,
    });
    expect([lock.isLocked('a'), lock.isLocked('c'), lock.isLocked()]).toEqual([true, false, true]);
    for (const visitor of [a, b, waiting]) visitor.leave();
    await quiet();
    expect(lock.query().counters).toMatchObject({ acquired: 3, contended: 1 });
  });

  it('keys are compared as in a Map, so any value can be one', async () => {
    const lock = watch(new KeyedLock<unknown>());
    const run = (key: unknown) =>
      ({ run: (fn, each) => lock.runExclusive(key, fn, each) }) as Parameters<typeof visit>[0];
    const object = {};
    const visits = [object, {}, 1, '1', Number.NaN, undefined].map((key, index) =>
      visit(run(key), `${index}`),
    );
    const again = [object, Number.NaN, undefined].map((key, index) => visit(run(key), `again ${index}`));
    await quiet();
    expect(visits.map(({ state }) => state)).toEqual(visits.map(() => 'inside'));
    expect(again.map(({ state }) => state)).toEqual(again.map(() => 'waiting'));
    for (const visitor of [...visits, ...again]) visitor.leave();
    await quiet();
    expect([...lock.keys()]).toEqual([]);
  });

  it('a deadlock between two keys is found, and its message names the keys', async () => {
    const { lock, enter } = newLock({ name: 'rows', deadlockGraceMs: 10 });
    const [inA, inB] = [enter('a', 'inA'), enter('b', 'inB')];
    await quiet();
    const first = inA.within(() => enter('b', 'first'));
    const closing = inB.within(() => enter('a', 'closing'));
    await pass(10);
    expect(scene(first, closing)).toEqual({ first: 'waiting', closing: 'rejected' });
    expect(closing.reason).toMatchObject({ code: 'ONEIRIC_LOCK_DEADLOCK' });
    expect(String(closing.reason)).toContain('rows[a]');
    expect(String(closing.reason)).toContain('rows[b]');
    inB.leave();
    first.leave();
    inA.leave();
    await quiet();
    expect(first.state).toBe('returned');
    expect(lock.query().counters.deadlocks).toBe(1);
  });

  it('taking two keys in both orders raises order-inversion, also when both keys were dropped in between', async () => {
    const { lock } = newLock();
    const events: unknown[] = [];
    lock.on('order-inversion', (event) => events.push(event));
    await lock.runExclusive('a', () => lock.runExclusive('b', () => undefined));
    await lock.runExclusive('a', () => lock.runExclusive('b', () => undefined));
    expect([...lock.keys()]).toEqual([]);
    expect(events).toEqual([]);
    await lock.runExclusive('b', () => lock.runExclusive('a', () => undefined));
    expect(events.length).toBeGreaterThan(0);
  });

  it('a listener that uses the very key which is about to be entered does not open that key to others', async () => {
    const { lock, enter } = newLock();
    await lock.runExclusive('a', () => lock.runExclusive('b', () => undefined));
    let heard = 0;
    lock.on('order-inversion', () => {
      heard++;
      void lock.detach('b', () => lock.runExclusive('a', () => undefined));
    });
    const inB = enter('b', 'inB');
    await quiet();
    const inA = inB.within(() => enter('a', 'inA'));
    const stranger = enter('a', 'stranger');
    await quiet();
    expect({ heard: heard > 0, ...scene(inA, stranger) }).toEqual({
      heard: true,
      inA: 'inside',
      stranger: 'waiting',
    });
    for (const visitor of [inA, inB, stranger]) visitor.leave();
    await quiet();
    expect(stranger.state).toBe('returned');
  });
});
