import { afterEach, describe, expect, it } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { useLeakCheck } from './harness/leak-check.js';
import { quiet } from './harness/turns.js';
import { pass } from './harness/virtual-time.js';
import { scene, visit } from './harness/visit.js';

describe('the events of a lock', () => {
  const watch = useLeakCheck();
  const undo: (() => void)[] = [];

  afterEach(() => {
    for (const each of undo.splice(0)) each();
  });

  function channelLog(name: string): unknown[] {
    const heard: unknown[] = [];
    const listener = (message: unknown) => void heard.push(message);
    subscribe(name, listener);
    undo.push(() => unsubscribe(name, listener));
    return heard;
  }

  function newLock(options?: ConstructorParameters<typeof ReentrantLock>[0]) {
    const lock = watch(new ReentrantLock({ name: 'ledger', ...options }));
    const enter = (name: string, request?: Parameters<typeof visit>[2]) =>
      visit({ run: (fn, each) => lock.runExclusive(fn, each) }, name, request);
    return { lock, enter };
  }

  async function orphan({ enter }: ReturnType<typeof newLock>) {
    const parent = enter('parent');
    await quiet();
    const child = parent.within(() => enter('child'));
    const queued = parent.within(() => enter('queued'));
    await pass(10);
    parent.leave();
    await quiet();
    child.leave();
    queued.leave();
    await quiet();
    return scene(parent, child, queued);
  }

  it('orphan-running says which section settled, what goes on running and what waits one level up', async () => {
    const made = newLock();
    const heard: unknown[] = [];
    made.lock.on('orphan-running', (event) => heard.push(event));
    const published = channelLog('oneiric:lock:orphan-running');
    await orphan(made);
    expect(heard).toMatchObject([
      {
        lock: 'ledger',
        section: { name: 'parent', heldMs: 10, mode: 'exclusive', children: [{ name: 'child', heldMs: 10 }] },
        running: [{ name: 'child', mode: 'exclusive', heldMs: 10, children: [] }],
        requeued: [{ name: 'queued', mode: 'exclusive', waitedMs: 10, within: 'parent' }],
      },
    ]);
    expect(published).toEqual(heard);
  });

  it('deadlock-suspected draws the circle from the request that closed it, on every lock of the circle', async () => {
    const [a, b] = [newLock({ name: 'a', deadlockGraceMs: 5 }), newLock({ name: 'b', deadlockGraceMs: 25 })];
    const heard: unknown[] = [];
    const published = channelLog('oneiric:lock:deadlock-suspected');
    a.lock.on('deadlock-suspected', (event) => heard.push(['a', event]));
    b.lock.on('deadlock-suspected', (event) => heard.push(['b', event]));
    const [inA, inB] = [a.enter('in a'), b.enter('in b')];
    await quiet();
    const first = inA.within(() => b.enter('a wants b'));
    const closing = inB.within(() => a.enter('b wants a'));
    const event = {
      cycle: [
        { request: 'b wants a', lock: 'a', holder: 'in a' },
        { request: 'a wants b', lock: 'b', holder: 'in b' },
      ],
      graceMs: 25,
    };
    expect(heard).toEqual([
      ['a', event],
      ['b', event],
    ]);
    expect(published).toEqual([event, event]);
    await pass(25);
    expect(closing.state).toBe('rejected');
    for (const visitor of [inB, first, inA]) visitor.leave();
    await quiet();
  });

  it('order-inversion names both locks and the order seen earlier, on both locks, once', async () => {
    const [a, b] = [newLock({ name: 'a' }), newLock({ name: 'b' })];
    const heard: unknown[] = [];
    const published = channelLog('oneiric:lock:order-inversion');
    a.lock.on('order-inversion', (event) => heard.push(['a', event]));
    b.lock.on('order-inversion', (event) => heard.push(['b', event]));
    const nest = (outer: ReentrantLock, inner: ReentrantLock) =>
      outer.runExclusive(() => inner.runExclusive(() => undefined));
    await nest(a.lock, b.lock);
    for (let turn = 0; turn < 3; turn++) await nest(b.lock, a.lock);
    const event = { wanted: 'a', held: 'b', earlier: ['a', 'b'] };
    expect(heard).toEqual([
      ['a', event],
      ['b', event],
    ]);
    expect(published).toEqual([event, event]);
  });

  it('order-inversion over several locks tells the whole order', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const locks = names.map((name) => newLock({ name }).lock);
    const heard: unknown[] = [];
    locks[3]!.on('order-inversion', (event) => heard.push(event));
    for (const index of [0, 1, 2]) {
      await locks[index]!.runExclusive(() => locks[index + 1]!.runExclusive(() => undefined));
    }
    await locks[3]!.runExclusive(() => locks[0]!.runExclusive(() => undefined));
    expect(heard).toEqual([{ wanted: 'a', held: 'd', earlier: names }]);
  });

  it('an order is also noted when the request had to wait, and a lock that does not watch orders is left out', async () => {
    const [a, b, blind] = [newLock({ name: 'a' }), newLock({ name: 'b' }), newLock({ detectOrder: false })];
    const heard: unknown[] = [];
    for (const { lock } of [a, b, blind]) lock.on('order-inversion', (event) => heard.push(event));
    const [inA, inB] = [a.enter('in a'), b.enter('in b')];
    await quiet();
    const waiting = inA.within(() => b.enter('waiting'));
    await quiet();
    for (const visitor of [inB, waiting, inA]) visitor.leave();
    await quiet();
    await blind.lock.runExclusive(() => a.lock.runExclusive(() => undefined));
    await a.lock.runExclusive(() => blind.lock.runExclusive(() => undefined));
    expect(heard).toEqual([]);
    await b.lock.runExclusive(() => a.lock.runExclusive(() => undefined));
    expect(heard).toMatchObject([{ wanted: 'a' }, { wanted: 'a' }]);
  });

  it('a request that takes what is available or fails is no order', async () => {
    const [a, b] = [newLock({ name: 'a' }), newLock({ name: 'b' })];
    const heard: unknown[] = [];
    a.lock.on('order-inversion', (event) => heard.push(event));
    await a.lock.runExclusive(() => b.lock.runExclusive(() => undefined, { ifAvailable: true }));
    await b.lock.runExclusive(() => a.lock.runExclusive(() => undefined));
    await a.lock.runExclusive(() => b.lock.runExclusive(() => undefined, { ifAvailable: true }));
    expect(heard).toEqual([]);
  });

  it('long-hold shows the section with what runs inside it', async () => {
    const { lock, enter } = newLock({ longHoldMs: 50 });
    const heard: unknown[] = [];
    const published = channelLog('oneiric:lock:long-hold');
    lock.on('long-hold', (event) => heard.push(event));
    const parent = enter('parent');
    await pass(20);
    const child = parent.within(() => enter('child'));
    await pass(30);
    expect(heard).toMatchObject([
      { lock: 'ledger', section: { name: 'parent', heldMs: 50, children: [{ name: 'child', heldMs: 30 }] } },
    ]);
    await pass(20);
    expect(heard).toMatchObject([
      { section: { name: 'parent' } },
      { section: { name: 'child', heldMs: 50 } },
    ]);
    expect(published).toEqual(heard);
    child.leave();
    parent.leave();
    await quiet();
  });

  it('a listener that throws or rejects is reported, and the others are told all the same', async () => {
    const made = newLock();
    const failed = channelLog('oneiric:listener-failed');
    const [thrown, rejected] = [new Error('thrown'), new Error('rejected')];
    let told = 0;
    made.lock.on('orphan-running', () => {
      throw thrown;
    });
    made.lock.on('orphan-running', () => Promise.reject(rejected) as never);
    made.lock.on('orphan-running', () => told++);
    expect(await orphan(made)).toEqual({ parent: 'returned', child: 'returned', queued: 'returned' });
    expect(told).toBe(1);
    expect(failed).toEqual([
      { event: 'lock:orphan-running', error: thrown },
      { event: 'lock:orphan-running', error: rejected },
    ]);
  });

  it('the same listener may be added twice, and each addition is taken back by itself', async () => {
    const made = newLock();
    let told = 0;
    const listener = () => {
      told++;
    };
    const [first, second] = [
      made.lock.on('orphan-running', listener),
      made.lock.on('orphan-running', listener),
    ];
    await orphan(made);
    expect(told).toBe(2);
    first[Symbol.dispose]();
    await orphan(made);
    expect(told).toBe(3);
    second[Symbol.dispose]();
    await orphan(made);
    expect(told).toBe(3);
  });

  it('a listener that is added or taken back while an event is told takes effect with the next event', async () => {
    const made = newLock();
    const told: string[] = [];
    made.lock.on('orphan-running', () => {
      told.push('first');
      second[Symbol.dispose]();
      made.lock.on('orphan-running', () => told.push('added'));
    });
    const second = made.lock.on('orphan-running', () => told.push('second'));
    await orphan(made);
    expect(told.slice(0, 2)).toEqual(['first', 'second']);
    expect(told).not.toContain('added');
    await orphan(made);
    expect(told.filter((name) => name === 'second')).toEqual(['second']);
    expect(told.filter((name) => name === 'added')).toEqual(['added']);
  });

  it('a listener may use the lock: what it requests waits its turn like everything else', async () => {
    const [a, b] = [newLock({ name: 'a', deadlockGraceMs: 5 }), newLock({ name: 'b', deadlockGraceMs: 5 })];
    const order: string[] = [];
    const note = (name: string) => () => void order.push(name);
    const requests: Promise<void>[] = [];
    a.lock.on('deadlock-suspected', () =>
      requests.push(b.lock.detach(() => a.lock.runExclusive(note('suspected')))),
    );
    b.lock.on('orphan-running', () => requests.push(b.lock.runExclusive(note('orphaned'))));
    const [inA, inB] = [a.enter('inA'), b.enter('inB')];
    await quiet();
    const first = inA.within(() => b.enter('first'));
    const closing = inB.within(() => a.enter('closing'));
    const orphaned = inB.within(() => b.enter('orphaned'));
    await pass(5);
    expect(closing.state).toBe('rejected');
    inB.leave();
    await quiet();
    expect(order).toEqual([]);
    orphaned.leave();
    await quiet();
    first.leave();
    inA.leave();
    await quiet();
    await Promise.all(requests);
    expect(order).toEqual(['orphaned', 'suspected']);
  });

  it('a deadlock whose listener aborts the request at once fails with the reason of the abort, and nothing else', async () => {
    const [a, b] = [newLock({ name: 'a' }), newLock({ name: 'b' })];
    const control = new AbortController();
    a.lock.on('deadlock-suspected', () => control.abort(new Error('seen enough')));
    const [inA, inB] = [a.enter('inA'), b.enter('inB')];
    await quiet();
    const first = inA.within(() => b.enter('first'));
    const closing = inB.within(() => a.enter('closing', { signal: control.signal }));
    await quiet();
    expect(closing.reason).toBe(control.signal.reason);
    await pass(5000);
    expect(a.lock.query().counters).toMatchObject({ aborted: 1, deadlocks: 0 });
    for (const visitor of [inB, first, inA]) visitor.leave();
    await quiet();
  });
});
