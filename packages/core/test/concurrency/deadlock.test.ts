import { describe, expect, it } from '@jest/globals';
import { AsyncRWLock } from '../../src/concurrency/async-rw-lock.js';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { useLeakCheck } from './harness/leak-check.js';
import type { LockOptions, Subject } from './harness/subject.js';
import { quiet } from './harness/turns.js';
import { pass } from './harness/virtual-time.js';
import { scene, visit, type Visit } from './harness/visit.js';

const DEADLOCK = { code: 'ONEIRIC_LOCK_DEADLOCK' };

describe('rule 10: no silent deadlock', () => {
  const watch = useLeakCheck();

  type Named = Pick<Subject, 'run'> & {
    readonly lock: ReentrantLock | AsyncRWLock;
    readonly suspected: () => number;
  };

  function reentrant(name: string, options: LockOptions = {}): Named {
    const lock = watch(new ReentrantLock({ name, ...options }));
    let count = 0;
    lock.on('deadlock-suspected', () => count++);
    return { lock, run: (fn, request) => lock.runExclusive(fn, request), suspected: () => count };
  }

  function readersAndWriters(
    name: string,
    options: LockOptions = {},
  ): Named & { read: Pick<Subject, 'run'> } {
    const lock = watch(new AsyncRWLock({ name, ...options }));
    let count = 0;
    lock.on('deadlock-suspected', () => count++);
    return {
      lock,
      run: (fn, request) => lock.write(fn, request),
      read: { run: (fn, request) => lock.read(fn, request) },
      suspected: () => count,
    };
  }

  async function leaveAll(...visits: readonly Visit[]): Promise<void> {
    for (const visitor of visits) visitor.leave();
    await quiet(4 * visits.length);
    for (const { name, state } of visits) expect({ name, state }).not.toEqual({ name, state: 'waiting' });
  }

  describe.each([
    ['ReentrantLock', reentrant],
    ['AsyncRWLock.write', readersAndWriters],
  ])('two sections of %s that wait for each other', (_name, make) => {
    async function cross(options?: LockOptions) {
      const [a, b] = [make('accounts', options), make('orders', options)];
      const [inA, inB] = [visit(a, 'transfer'), visit(b, 'shipping')];
      await quiet();
      const first = inA.within(() => visit(b, 'transfer-orders'));
      await quiet();
      expect([a.suspected(), b.suspected()]).toEqual([0, 0]);
      const closing = inB.within(() => visit(a, 'shipping-accounts'));
      return { a, b, inA, inB, first, closing };
    }

    it('are suspected in the very moment in which the second request closes the circle', async () => {
      const { a, b, inA, inB, first, closing } = await cross();
      expect(a.suspected() + b.suspected()).toBeGreaterThan(0);
      await pass(1000);
      inB.leave();
      await quiet();
      await leaveAll(first, inA, closing);
    });

    it('lose exactly one after the grace of 1000 ms: the request that closed the circle; the other completes', async () => {
      const { a, b, inA, inB, first, closing } = await cross();
      await pass(999);
      expect(scene(first, closing)).toEqual({ 'transfer-orders': 'waiting', 'shipping-accounts': 'waiting' });
      await pass(1);
      expect(scene(first, closing)).toEqual({
        'transfer-orders': 'waiting',
        'shipping-accounts': 'rejected',
      });
      expect(closing.reason).toMatchObject(DEADLOCK);
      await pass(100_000);
      expect(first.state).toBe('waiting');
      inB.leave();
      await quiet();
      expect(first.state).toBe('inside');
      await leaveAll(first, inA);
      const deadlocks = [a, b].map(({ lock }) => lock.query().counters.deadlocks);
      expect(deadlocks).toEqual([1, 0]);
    });

    it('are drawn in the message, with the names of locks and sections, and reported in the shape of query', async () => {
      const { inA, inB, first, closing } = await cross();
      await pass(1000);
      const { message, details } = closing.reason as Error & {
        details: { report: ReturnType<ReentrantLock['query']> };
      };
      for (const name of [
        'accounts',
        'orders',
        'transfer',
        'shipping',
        'transfer-orders',
        'shipping-accounts',
      ]) {
        expect(message).toContain(name);
      }
      expect(details.report.held).toMatchObject([{ name: 'transfer', children: [] }]);
      expect(details.report.pending.map(({ name }) => name)).toContain('shipping-accounts');
      inB.leave();
      await quiet();
      await leaveAll(first, inA);
    });

    it('both complete when the first is aborted, times out, or its holder does not wait for it', async () => {
      const escapes: readonly ((first: { control: AbortController; inA: Visit }) => Promise<void>)[] = [
        async ({ control }) => control.abort(),
        async () => pass(500),
        async ({ inA }) => inA.leave(),
      ];
      for (const escape of escapes) {
        const [a, b] = [make('a'), make('b')];
        const control = new AbortController();
        const [inA, inB] = [visit(a, 'inA'), visit(b, 'inB')];
        await quiet();
        const first = inA.within(() => visit(b, 'first', { signal: control.signal, timeoutMs: 500 }));
        const second = inB.within(() => visit(a, 'second'));
        await quiet();
        expect(a.suspected() + b.suspected()).toBeGreaterThan(0);
        await escape({ control, inA });
        inA.leave();
        await quiet();
        expect(second.state).toBe('inside');
        await pass(5000);
        expect(second.state).toBe('inside');
        await leaveAll(second, inB, first);
        expect([a, b].map(({ lock }) => lock.query().counters.deadlocks)).toEqual([0, 0]);
      }
    });
  });

  it('no alarm is raised where requests only wait in a row', async () => {
    const [a, b, c] = [reentrant('a'), reentrant('b'), reentrant('c')];
    const [inA, inB, inC] = [visit(a, 'inA'), visit(b, 'inB'), visit(c, 'inC')];
    await quiet();
    const first = inA.within(() => visit(b, 'first'));
    const second = inB.within(() => visit(c, 'second'));
    const stranger = visit(a, 'stranger');
    await pass(5000);
    expect([a, b, c].map(({ suspected }) => suspected())).toEqual([0, 0, 0]);
    await leaveAll(inC, second, inB, first, inA, stranger);
  });

  it('a circle of four is found, and its one victim lets the other three complete', async () => {
    const locks = ['n', 'e', 's', 'w'].map((name) => reentrant(name));
    const holders = locks.map((lock) => visit(lock, `in ${lock.lock.query().held.length}`));
    await quiet();
    const wanting = holders.map((holder, index) =>
      holder.within(() => visit(locks[(index + 1) % 4]!, `want ${index}`)),
    );
    await pass(1000);
    expect(wanting.map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting', 'rejected']);
    for (const index of [3, 2, 1, 0]) {
      holders[index]!.leave();
      await quiet();
      wanting[(index + 3) % 4]!.leave();
      await quiet();
    }
    expect(wanting.map(({ state }) => state)).toEqual(['returned', 'returned', 'returned', 'rejected']);
    expect(locks.map(({ lock }) => lock.query().counters.deadlocks)).toEqual([1, 0, 0, 0]);
  });

  it('the largest grace of the locks in the circle counts', async () => {
    for (const [ofA, ofB] of [
      [10, 3000],
      [3000, 10],
    ]) {
      const [a, b] = [reentrant('a', { deadlockGraceMs: ofA! }), reentrant('b', { deadlockGraceMs: ofB! })];
      const [inA, inB] = [visit(a, 'inA'), visit(b, 'inB')];
      await quiet();
      const [first, closing] = [inA.within(() => visit(b, 'first')), inB.within(() => visit(a, 'closing'))];
      await pass(2999);
      expect(scene(first, closing)).toEqual({ first: 'waiting', closing: 'waiting' });
      await pass(1);
      expect(scene(first, closing)).toEqual({ first: 'waiting', closing: 'rejected' });
      inB.leave();
      await quiet();
      await leaveAll(first, inA);
    }
  });

  it('a circle through nested sections is found: the whole branch waits for what its innermost waits for', async () => {
    const [a, b] = [reentrant('a'), reentrant('b')];
    const [inA, inB] = [visit(a, 'inA'), visit(b, 'inB')];
    await quiet();
    const child = inA.within(() => visit(a, 'child'));
    await quiet();
    const grandchild = child.within(() => visit(a, 'grandchild'));
    await quiet();
    const wanting = grandchild.within(() => visit(b, 'wanting'));
    const closing = inB.within(() => visit(a, 'closing'));
    await pass(1000);
    expect(scene(wanting, closing)).toEqual({ wanting: 'waiting', closing: 'rejected' });
    inB.leave();
    await quiet();
    await leaveAll(wanting, grandchild, child, inA);
  });

  it('a circle between two siblings of one section is found', async () => {
    const [a, b] = [reentrant('a'), reentrant('b')];
    const parent = visit(a, 'parent');
    await quiet();
    const inB = parent.within(() => visit(b, 'inB'));
    const elder = parent.within(() => visit(a, 'elder'));
    await quiet();
    const wanting = elder.within(() => visit(b, 'wanting'));
    await quiet();
    const closing = inB.within(() => visit(a, 'closing'));
    await pass(1000);
    expect(scene(elder, wanting, closing)).toEqual({
      elder: 'inside',
      wanting: 'waiting',
      closing: 'rejected',
    });
    expect(closing.reason).toMatchObject(DEADLOCK);
    inB.leave();
    await quiet();
    await leaveAll(wanting, elder, parent);
  });

  it('a circle through a section whose parent has settled is found', async () => {
    const [a, b] = [reentrant('a'), reentrant('b')];
    const [parent, inB] = [visit(a, 'parent'), visit(b, 'inB')];
    await quiet();
    const orphan = parent.within(() => visit(a, 'orphan'));
    await quiet();
    parent.leave();
    await quiet();
    const wanting = orphan.within(() => visit(b, 'wanting'));
    const closing = inB.within(() => visit(a, 'closing'));
    await pass(1000);
    expect(scene(orphan, wanting, closing)).toEqual({
      orphan: 'inside',
      wanting: 'waiting',
      closing: 'rejected',
    });
    inB.leave();
    await quiet();
    await leaveAll(wanting, orphan);
  });

  it('a circle through a request that moved up when its parent settled is found', async () => {
    const [a, b] = [reentrant('a'), reentrant('b')];
    const parent = visit(a, 'parent');
    await quiet();
    const orphan = parent.within(() => visit(a, 'orphan'));
    const inB = parent.within(() => visit(b, 'inB'));
    await quiet();
    const movedUp = inB.within(() => visit(a, 'movedUp'));
    parent.leave();
    await quiet();
    const closing = orphan.within(() => visit(b, 'closing'));
    await pass(1000);
    expect(scene(movedUp, closing)).toEqual({ movedUp: 'waiting', closing: 'rejected' });
    expect(closing.reason).toMatchObject(DEADLOCK);
    await leaveAll(orphan, movedUp, inB);
  });

  it('every holder counts: a circle through any one of several readers is found', async () => {
    for (const guilty of [0, 1, 2]) {
      const [a, b] = [readersAndWriters('a'), reentrant('b')];
      const readers = [0, 1, 2].map((index) => visit(a.read, `reader ${index}`));
      const inB = visit(b, 'inB');
      await quiet();
      const writer = inB.within(() => visit(a, 'writer'));
      const closing = readers[guilty]!.within(() => visit(b, 'closing'));
      await pass(1000);
      expect({ guilty, ...scene(writer, closing) }).toEqual({
        guilty,
        writer: 'waiting',
        closing: 'rejected',
      });
      await leaveAll(...readers, writer, inB);
    }
  });

  it('a circle through a reader that waits behind a waiting writer is found', async () => {
    const [a, b] = [readersAndWriters('a'), reentrant('b')];
    const [inside, inB] = [visit(a.read, 'inside'), visit(b, 'inB')];
    await quiet();
    const writer = visit(a, 'writer');
    const behind = inB.within(() => visit(a.read, 'behind'));
    const closing = inside.within(() => visit(b, 'closing'));
    await pass(1000);
    expect(scene(writer, behind, closing)).toEqual({
      writer: 'waiting',
      behind: 'waiting',
      closing: 'rejected',
    });
    await leaveAll(inside, writer, behind, inB);
  });

  it('two circles that share nothing lose one request each', async () => {
    const [a, b, c, d] = [reentrant('a'), reentrant('b'), reentrant('c'), reentrant('d')];
    const holders = [a, b, c, d].map((lock, index) => visit(lock, `holder ${index}`));
    await quiet();
    const wanting = [b, a, d, c].map((lock, index) =>
      holders[index]!.within(() => visit(lock, `want ${index}`)),
    );
    await pass(1000);
    expect(wanting.map(({ state }) => state)).toEqual(['waiting', 'rejected', 'waiting', 'rejected']);
    for (const index of [1, 0, 3, 2]) {
      holders[index]!.leave();
      await quiet();
      wanting[index === 1 ? 0 : index === 3 ? 2 : index]!.leave();
      await quiet();
    }
    expect(wanting.map(({ state }) => state)).toEqual(['returned', 'rejected', 'returned', 'rejected']);
  });

  it('two circles that share a section lose one request each, and every other completes', async () => {
    const [a, b, c] = [reentrant('a'), reentrant('b'), reentrant('c')];
    const [inA, inB, inC] = [visit(a, 'inA'), visit(b, 'inB'), visit(c, 'inC')];
    await quiet();
    const [wantB, wantC] = inA.within(() => [visit(b, 'wantB'), visit(c, 'wantC')] as const);
    const fromB = inB.within(() => visit(a, 'fromB'));
    const fromC = inC.within(() => visit(a, 'fromC'));
    await pass(1000);
    expect(scene(wantB, wantC, fromB, fromC)).toEqual({
      wantB: 'waiting',
      wantC: 'waiting',
      fromB: 'rejected',
      fromC: 'rejected',
    });
    inB.leave();
    inC.leave();
    await quiet();
    await leaveAll(wantB, wantC, inA);
  });

  it('a victim whose section goes on may ask again, and completes once the others are out', async () => {
    const [a, b] = [reentrant('a'), reentrant('b')];
    const [inA, inB] = [visit(a, 'inA'), visit(b, 'inB')];
    await quiet();
    const first = inA.within(() => visit(b, 'first'));
    const closing = inB.within(() => visit(a, 'closing'));
    await pass(1000);
    expect(closing.state).toBe('rejected');
    inB.leave();
    await quiet();
    first.leave();
    inA.leave();
    const again = inB.within(() => visit(a, 'again'));
    await quiet();
    expect(again.state).toBe('inside');
    await leaveAll(again);
  });

  it('a circle through plain promises cannot be seen: the timeout names who holds', async () => {
    const a = reentrant('a', { name: 'vault' });
    const holder = visit(a, 'waits-for-a-promise');
    await quiet();
    const detached = holder.within(() => a.lock.detach(() => visit(a, 'detached', { timeoutMs: 100 })));
    await pass(100);
    expect(a.suspected()).toBe(0);
    expect(detached.reason).toMatchObject({
      code: 'ONEIRIC_LOCK_TIMEOUT',
      details: { report: { held: [{ name: 'waits-for-a-promise' }] } },
    });
    expect(String(detached.reason)).toContain('waits-for-a-promise');
    await leaveAll(holder);
  });

  it('detach cuts the circle: the section does not wait for what it started detached', async () => {
    const [a, b] = [reentrant('a'), reentrant('b')];
    const [inA, inB] = [visit(a, 'inA'), visit(b, 'inB')];
    await quiet();
    const wanting = inA.within(() => a.lock.detach(() => visit(b, 'wanting')));
    const behind = inB.within(() => visit(a, 'behind'));
    await pass(5000);
    expect([a.suspected(), b.suspected()]).toEqual([0, 0]);
    await leaveAll(inA, behind, inB, wanting);
  });
});

describe('rule 10: the order in which locks are taken', () => {
  const watch = useLeakCheck();

  function pair(options: LockOptions = {}) {
    const [a, b] = [
      watch(new ReentrantLock({ name: 'a', ...options })),
      watch(new ReentrantLock({ name: 'b', ...options })),
    ];
    const events: unknown[] = [];
    a.on('order-inversion', (event) => events.push(event));
    b.on('order-inversion', (event) => events.push(event));
    return { a, b, events };
  }

  it('taken one way once and the other way later raises order-inversion, without any contention', async () => {
    const { a, b, events } = pair();
    await a.runExclusive(() => b.runExclusive(() => quiet(1)));
    await a.runExclusive(() => b.runExclusive(() => quiet(1)));
    expect(events).toEqual([]);
    await b.runExclusive(() => a.runExclusive(() => quiet(1)));
    expect(events.length).toBeGreaterThan(0);
    expect(JSON.stringify(events)).toMatch(/"a"[^]*"b"|"b"[^]*"a"/);
    expect(a.query().counters.contended + b.query().counters.contended).toBe(0);
  });

  it('an inversion over a third lock is noticed', async () => {
    const { a, b, events } = pair();
    const c = watch(new ReentrantLock({ name: 'c' }));
    c.on('order-inversion', (event) => events.push(event));
    await a.runExclusive(() => c.runExclusive(() => undefined));
    await c.runExclusive(() => b.runExclusive(() => undefined));
    expect(events).toEqual([]);
    await b.runExclusive(() => a.runExclusive(() => undefined));
    expect(events.length).toBeGreaterThan(0);
  });

  it('the same order again and again raises nothing, and neither does re-entering the outer lock inside the inner', async () => {
    const { a, b, events } = pair();
    for (let turn = 0; turn < 3; turn++) {
      await a.runExclusive(() => b.runExclusive(() => a.runExclusive(() => b.runExclusive(() => undefined))));
    }
    expect(events).toEqual([]);
  });

  it('one lock after the other is no order', async () => {
    const { a, b, events } = pair();
    await a.runExclusive(() => undefined);
    await b.runExclusive(() => undefined);
    await a.runExclusive(() => undefined);
    await b.runExclusive(() => a.runExclusive(() => undefined));
    expect(events).toEqual([]);
  });

  it('detectOrder: false raises nothing', async () => {
    const { a, b, events } = pair({ detectOrder: false });
    await a.runExclusive(() => b.runExclusive(() => undefined));
    await b.runExclusive(() => a.runExclusive(() => undefined));
    expect(events).toEqual([]);
  });

  it('with NODE_ENV=production nothing is raised, unless detectOrder asks for it', async () => {
    const before = process.env['NODE_ENV'];
    process.env['NODE_ENV'] = 'production';
    try {
      for (const [options, expected] of [
        [{}, 0],
        [{ detectOrder: true }, 1],
      ] as const) {
        const { a, b, events } = pair(options);
        await a.runExclusive(() => b.runExclusive(() => undefined));
        await b.runExclusive(() => a.runExclusive(() => undefined));
        expect(Math.min(events.length, 1)).toBe(expected);
      }
    } finally {
      process.env['NODE_ENV'] = before;
    }
  });
});
