import { describe, expect, it } from '@jest/globals';
import { AsyncRWLock } from '../../src/concurrency/async-rw-lock.js';
import { useLeakCheck } from './harness/leak-check.js';
import type { LockOptions, RequestOptions } from './harness/subject.js';
import { microtasks, quiet, rejectionOf, soon } from './harness/turns.js';
import { pass } from './harness/virtual-time.js';
import { scene, visit, type Visit } from './harness/visit.js';

const UPGRADE = { code: 'ONEIRIC_LOCK_UPGRADE' };

describe('rule 13: readers and writers', () => {
  const watch = useLeakCheck();

  function newLock(options?: LockOptions) {
    const lock = watch(new AsyncRWLock(options));
    const read: Pick<Parameters<typeof visit>[0], 'run'> = { run: (fn, request) => lock.read(fn, request) };
    const write: typeof read = { run: (fn, request) => lock.write(fn, request) };
    return {
      lock,
      reader: (name: string, options?: RequestOptions, log?: string[]) => visit(read, name, options, log),
      writer: (name: string, options?: RequestOptions, log?: string[]) => visit(write, name, options, log),
    };
  }

  async function allLeave(...visits: readonly Visit[]): Promise<void> {
    for (const visitor of visits) visitor.leave();
    await quiet(4 * visits.length);
    expect(scene(...visits)).toEqual(Object.fromEntries(visits.map(({ name }) => [name, 'returned'])));
  }

  it('readers are inside together, and a writer waits until the last of them is out', async () => {
    const { reader, writer } = newLock();
    const [r1, r2, r3] = [reader('r1'), reader('r2'), reader('r3')];
    const w = writer('w');
    await quiet(20);
    expect(scene(r1, r2, r3, w)).toEqual({ r1: 'inside', r2: 'inside', r3: 'inside', w: 'waiting' });
    r2.leave();
    r1.leave();
    await quiet(20);
    expect(scene(r1, r2, r3, w)).toEqual({ r1: 'returned', r2: 'returned', r3: 'inside', w: 'waiting' });
    r3.leave();
    await quiet();
    expect(w.state).toBe('inside');
    await allLeave(w);
  });

  it('a writer keeps readers and writers out', async () => {
    const { reader, writer } = newLock();
    const w = writer('w');
    const [r, other] = [reader('r'), writer('other')];
    await quiet(20);
    expect(scene(w, r, other)).toEqual({ w: 'inside', r: 'waiting', other: 'waiting' });
    await allLeave(w, r, other);
  });

  it('phases follow the order of the requests: readers, a writer, then the readers that came after it, together', async () => {
    const { reader, writer } = newLock();
    const [r1, r2] = [reader('r1'), reader('r2')];
    const w = writer('w');
    const [r3, r4] = [reader('r3'), reader('r4')];
    const last = writer('last');
    await quiet();
    const waiting = { w: 'waiting', r3: 'waiting', r4: 'waiting', last: 'waiting' };
    expect(scene(r1, r2, w, r3, r4, last)).toEqual({ r1: 'inside', r2: 'inside', ...waiting });
    r1.leave();
    r2.leave();
    await quiet();
    expect(scene(w, r3, r4, last)).toEqual({ ...waiting, w: 'inside' });
    w.leave();
    await quiet();
    expect(scene(w, r3, r4, last)).toEqual({ w: 'returned', r3: 'inside', r4: 'inside', last: 'waiting' });
    r3.leave();
    r4.leave();
    await quiet();
    expect(last.state).toBe('inside');
    await allLeave(last);
  });

  it('a stream of readers that always overlap does not starve a writer', async () => {
    const { reader, writer } = newLock();
    let previous = reader('r0');
    await quiet();
    const w = writer('w');
    const stream: Visit[] = [previous];
    for (let index = 1; index <= 10; index++) {
      const next = reader(`r${index}`);
      stream.push(next);
      await quiet(2);
      previous.leave();
      await quiet(2);
      previous = next;
    }
    expect(w.state).toBe('inside');
    await allLeave(w, ...stream);
  });

  it('a stream of writers does not starve a reader', async () => {
    const { reader, writer } = newLock();
    const granted: string[] = [];
    const [w1, w2] = [writer('w1', {}, granted), writer('w2', {}, granted)];
    const r = reader('r', {}, granted);
    const later = ['w3', 'w4', 'w5'].map((name) => writer(name, {}, granted));
    await allLeave(w1, w2, r, ...later);
    expect(granted).toEqual(['w1', 'w2', 'r', 'w3', 'w4', 'w5']);
  });

  it('a reader that comes while a writer waits does not slip in beside the readers, at whatever step it comes', async () => {
    for (let step = 0; step < 16; step++) {
      const { reader, writer } = newLock();
      const r1 = reader('r1');
      await quiet();
      const w = writer('w');
      r1.leave();
      await microtasks(step);
      const late = reader('late');
      await quiet();
      expect({ step, ...scene(w, late) }).toEqual({ step, w: 'inside', late: 'waiting' });
      await allLeave(w, late);
    }
  });

  it('a read inside a read never waits, although a writer waits before it', async () => {
    const { reader, writer } = newLock();
    const [outer, other] = [reader('outer'), reader('other')];
    await quiet();
    const w = writer('w');
    await quiet();
    const inner = outer.within(() => reader('inner'));
    const innermost = await quiet().then(() =>
      inner.within(() => reader('innermost', { ifAvailable: true })),
    );
    await quiet();
    expect(scene(outer, inner, innermost, w)).toEqual({
      outer: 'inside',
      inner: 'inside',
      innermost: 'inside',
      w: 'waiting',
    });
    await allLeave(innermost, inner, outer, other, w);
  });

  it('reads forked inside one read run side by side', async () => {
    const { reader } = newLock();
    const outer = reader('outer');
    await quiet();
    const forks = outer.within(() => ['f1', 'f2', 'f3'].map((name) => reader(name)));
    await quiet();
    expect(scene(...forks)).toEqual({ f1: 'inside', f2: 'inside', f3: 'inside' });
    await allLeave(...forks, outer);
  });

  it.each([
    ['the only reader', 0],
    ['one of several readers', 2],
  ])(
    'write inside a read fails at once with ONEIRIC_LOCK_UPGRADE for %s, and harms nobody',
    async (_who, beside) => {
      const { lock, reader, writer } = newLock({ name: 'atlas' });
      const others = Array.from({ length: beside }, (_, index) => reader(`beside ${index}`));
      const outer = reader('outer');
      const waiting = writer('waiting');
      await quiet();
      const upgrade = outer.within(() => writer('upgrade', { timeoutMs: 1000 }));
      await quiet();
      expect(upgrade.state).toBe('rejected');
      expect(upgrade.reason).toMatchObject(UPGRADE);
      expect(String(upgrade.reason)).toContain('atlas');
      expect(scene(outer, waiting)).toEqual({ outer: 'inside', waiting: 'waiting' });
      expect(lock.query().pending.map(({ name }) => name)).toEqual(['waiting']);
      await allLeave(outer, ...others, waiting);
    },
  );

  it('write inside a read inside a read fails, too, and so does one with ifAvailable', async () => {
    const { reader, writer } = newLock();
    const outer = reader('outer');
    await quiet();
    const inner = outer.within(() => reader('inner'));
    await quiet();
    const [upgrade, eager] = inner.within(
      () => [writer('upgrade'), writer('eager', { ifAvailable: true })] as const,
    );
    await quiet();
    expect([upgrade.reason, eager.reason]).toMatchObject([UPGRADE, UPGRADE]);
    await allLeave(inner, outer);
  });

  it('a context that has left its read may write like anybody else', async () => {
    const { reader, writer } = newLock();
    const gone = reader('gone');
    const other = reader('other');
    await quiet();
    gone.leave();
    await quiet();
    const late = gone.within(() => writer('late'));
    await quiet();
    expect(scene(other, late)).toEqual({ other: 'inside', late: 'waiting' });
    await allLeave(other, late);
  });

  it('a detached write inside a read waits like a stranger instead of failing', async () => {
    const { lock, reader, writer } = newLock();
    const outer = reader('outer');
    await quiet();
    const detached = outer.within(() => lock.detach(() => writer('detached')));
    await quiet();
    expect(scene(outer, detached)).toEqual({ outer: 'inside', detached: 'waiting' });
    await allLeave(outer, detached);
  });

  it('a read inside a write nests, and strangers of both kinds stay out', async () => {
    const { reader, writer } = newLock();
    const w = writer('w');
    await quiet();
    const [stranger, rival] = [reader('stranger'), writer('rival')];
    const [r1, r2] = w.within(() => [reader('r1'), reader('r2')] as const);
    await quiet();
    expect(scene(r1, r2, stranger, rival)).toEqual({
      r1: 'inside',
      r2: 'inside',
      stranger: 'waiting',
      rival: 'waiting',
    });
    await allLeave(r1, r2, w, stranger, rival);
  });

  it('reads and writes inside one write go in phases of their own', async () => {
    const { reader, writer } = newLock();
    const w = writer('w');
    await quiet();
    const [r1, r2, inner, r3] = w.within(
      () => [reader('r1'), reader('r2'), writer('inner'), reader('r3')] as const,
    );
    await quiet();
    expect(scene(r1, r2, inner, r3)).toEqual({ r1: 'inside', r2: 'inside', inner: 'waiting', r3: 'waiting' });
    r1.leave();
    r2.leave();
    await quiet();
    expect(scene(inner, r3)).toEqual({ inner: 'inside', r3: 'waiting' });
    inner.leave();
    await quiet();
    expect(r3.state).toBe('inside');
    await allLeave(r3, w);
  });

  it('an aborted writer lets the readers behind it join those that are inside, at once', async () => {
    const { reader, writer } = newLock();
    const control = new AbortController();
    const inside = reader('inside');
    const doomed = writer('doomed', { signal: control.signal });
    const [r1, r2] = [reader('r1'), reader('r2')];
    const next = writer('next');
    const behind = reader('behind');
    await quiet();
    expect(scene(r1, r2)).toEqual({ r1: 'waiting', r2: 'waiting' });
    control.abort();
    await quiet();
    expect(scene(inside, doomed, r1, r2, next, behind)).toEqual({
      inside: 'inside',
      doomed: 'rejected',
      r1: 'inside',
      r2: 'inside',
      next: 'waiting',
      behind: 'waiting',
    });
    await allLeave(inside, r1, r2, next, behind);
  });

  it('a writer that timed out lets the readers behind it join those that are inside, at once', async () => {
    const { reader, writer } = newLock();
    const inside = reader('inside');
    const hasty = writer('hasty', { timeoutMs: 10 });
    const behind = reader('behind');
    await pass(9);
    expect(scene(hasty, behind)).toEqual({ hasty: 'waiting', behind: 'waiting' });
    await pass(1);
    expect(scene(hasty, behind)).toEqual({ hasty: 'rejected', behind: 'inside' });
    expect(hasty.reason).toMatchObject({ code: 'ONEIRIC_LOCK_TIMEOUT' });
    await allLeave(inside, behind);
  });

  it('an aborted reader lets nobody in who may not be in', async () => {
    const { reader, writer } = newLock();
    const control = new AbortController();
    const w = writer('w');
    const doomed = reader('doomed', { signal: control.signal });
    const behind = reader('behind');
    await quiet();
    control.abort();
    await quiet();
    expect(scene(w, doomed, behind)).toEqual({ w: 'inside', doomed: 'rejected', behind: 'waiting' });
    await allLeave(w, behind);
  });

  it('a reader that settles with a read still inside keeps writers out until that one is out, too', async () => {
    const { reader, writer } = newLock();
    const outer = reader('outer');
    await quiet();
    const orphan = outer.within(() => reader('orphan'));
    const w = writer('w');
    await quiet();
    outer.leave();
    await quiet(20);
    expect(scene(outer, orphan, w)).toEqual({ outer: 'returned', orphan: 'inside', w: 'waiting' });
    await allLeave(orphan, w);
  });

  it('a writer that settles with reads still inside keeps readers and writers out until those are out, too', async () => {
    const { reader, writer } = newLock();
    const outer = writer('outer');
    await quiet();
    const [o1, o2] = outer.within(() => [reader('o1'), reader('o2')] as const);
    const r = reader('r');
    const w = writer('w');
    await quiet();
    outer.leave();
    await quiet(20);
    const late = reader('late');
    await quiet();
    expect(scene(outer, o1, o2, r, w, late)).toEqual({
      outer: 'returned',
      o1: 'inside',
      o2: 'inside',
      r: 'waiting',
      w: 'waiting',
      late: 'waiting',
    });
    o1.leave();
    await quiet();
    expect(scene(o2, r)).toEqual({ o2: 'inside', r: 'waiting' });
    await allLeave(o2, r, w, late);
  });

  it('nobody joins the reads that a writer left behind, although nobody waits', async () => {
    const { reader, writer } = newLock();
    const outer = writer('outer');
    await quiet();
    const orphan = outer.within(() => reader('orphan'));
    await quiet();
    outer.leave();
    await quiet();
    const stranger = reader('stranger');
    await quiet();
    expect(scene(orphan, stranger)).toEqual({ orphan: 'inside', stranger: 'waiting' });
    await allLeave(orphan, stranger);
  });

  it('a read that waited inside a write which has settled is a read like any other, which readers join', async () => {
    const { reader, writer } = newLock();
    const outer = writer('outer');
    await quiet();
    const inner = outer.within(() => writer('inner'));
    const movedUp = outer.within(() => reader('movedUp'));
    await quiet();
    outer.leave();
    await quiet();
    expect(scene(inner, movedUp)).toEqual({ inner: 'inside', movedUp: 'waiting' });
    inner.leave();
    await quiet();
    const stranger = reader('stranger');
    await quiet();
    expect(scene(movedUp, stranger)).toEqual({ movedUp: 'inside', stranger: 'inside' });
    await allLeave(movedUp, stranger);
  });

  it('ifAvailable for a reader: yes beside readers, no beside a writer, no past a writer who waits', async () => {
    const { reader, writer } = newLock();
    const eager: RequestOptions = { ifAvailable: true };
    const r1 = reader('r1', eager);
    const r2 = reader('r2', eager);
    const w1 = writer('w1', eager);
    const w2 = writer('w2');
    const r3 = reader('r3', eager);
    await quiet();
    expect(scene(r1, r2, w1, w2, r3)).toEqual({
      r1: 'inside',
      r2: 'inside',
      w1: 'rejected',
      w2: 'waiting',
      r3: 'rejected',
    });
    expect([w1.reason, r3.reason]).toMatchObject([
      { code: 'ONEIRIC_LOCK_UNAVAILABLE' },
      { code: 'ONEIRIC_LOCK_UNAVAILABLE' },
    ]);
    r1.leave();
    r2.leave();
    await quiet();
    const r4 = reader('r4', eager);
    await quiet();
    expect(scene(w2, r4)).toEqual({ w2: 'inside', r4: 'rejected' });
    await allLeave(w2);
  });

  it('query shows all readers beside each other, with what is nested in each', async () => {
    const { lock, reader, writer } = newLock();
    const [r1, r2] = [reader('r1'), reader('r2')];
    await quiet();
    const inner = r2.within(() => reader('inner'));
    const w = writer('w');
    await quiet();
    expect(lock.query().held).toMatchObject([
      { name: 'r1', children: [] },
      { name: 'r2', children: [{ name: 'inner', children: [] }] },
    ]);
    expect(lock.query().pending).toMatchObject([{ name: 'w' }]);
    expect([
      lock.isLocked(),
      r1.within(() => lock.isHeldByCurrentContext()),
      lock.isHeldByCurrentContext(),
    ]).toEqual([true, true, false]);
    await allLeave(inner, r1, r2, w);
    expect(lock.query().counters).toMatchObject({ acquired: 4, contended: 1 });
  });

  it('a body of either kind gives its value, its reason, and its signal', async () => {
    const { lock } = newLock();
    const failure = new Error('the body failed');
    const { signal } = new AbortController();
    for (const run of [lock.read.bind(lock), lock.write.bind(lock)]) {
      expect(await soon(run(() => 7))).toBe(7);
      expect(await soon(run((section) => section.signal, { signal }))).toBe(signal);
      expect(
        await rejectionOf(
          run(() => {
            throw failure;
          }),
        ),
      ).toBe(failure);
      expect(await rejectionOf(run(() => Promise.reject(failure)))).toBe(failure);
    }
  });
});
