import { describe, expect, it } from '@jest/globals';
import { AsyncRWLock } from '../../src/concurrency/async-rw-lock.js';
import { KeyedLock } from '../../src/concurrency/keyed-lock.js';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { useLeakCheck } from './harness/leak-check.js';
import type { Subject } from './harness/subject.js';
import { quiet } from './harness/turns.js';
import { visit } from './harness/visit.js';

const MANY = 5_000;

describe('the stack does not limit how much is nested or waits', () => {
  const watch = useLeakCheck();

  const locks: readonly (readonly [string, () => Subject['run']])[] = [
    ['ReentrantLock', () => ReentrantLock.prototype.runExclusive.bind(watch(new ReentrantLock()))],
    ['AsyncRWLock.read', () => AsyncRWLock.prototype.read.bind(watch(new AsyncRWLock()))],
    ['AsyncRWLock.write', () => AsyncRWLock.prototype.write.bind(watch(new AsyncRWLock()))],
    [
      'KeyedLock',
      () => {
        const lock = watch(new KeyedLock());
        return (fn, options) => lock.runExclusive('key', fn, options);
      },
    ],
  ];

  it.each(locks)(
    `${MANY} sections of %s that are started inside one another, before any await, complete`,
    async (_name, make) => {
      const run = make();
      let deepest = 0;
      const descend = async (depth: number): Promise<number> => {
        deepest = Math.max(deepest, depth);
        return depth === MANY ? depth : run(() => descend(depth + 1));
      };
      expect([await descend(0), deepest]).toEqual([MANY, MANY]);
    },
  );

  it.each(locks)(
    `${MANY} requests of %s that wait behind one section all run, in their order`,
    async (_name, make) => {
      const run = make();
      const holder = visit({ run }, 'holder');
      await quiet();
      const order: number[] = [];
      const all = Array.from({ length: MANY }, (_, index) => run(() => order.push(index)));
      holder.leave();
      await Promise.all(all);
      expect(order).toEqual(all.map((_, index) => index));
    },
  );

  it(`${MANY} requests that one signal aborts are all gone at once, each with its reason`, async () => {
    const lock = watch(new ReentrantLock());
    const control = new AbortController();
    const holder = visit({ run: (fn, options) => lock.runExclusive(fn, options) }, 'holder');
    await quiet();
    const all = Array.from({ length: MANY }, () =>
      lock.runExclusive(() => undefined, { signal: control.signal }),
    );
    const settled = Promise.allSettled(all);
    control.abort('enough');
    expect(lock.query().pending).toEqual([]);
    const reasons = new Set((await settled).map((each) => (each as PromiseRejectedResult).reason as unknown));
    expect([...reasons]).toEqual(['enough']);
    expect(lock.query().counters.aborted).toBe(MANY);
    holder.leave();
    await quiet();
  });
});
