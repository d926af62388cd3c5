import { describe, expect, it } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const nest = (outer: ReentrantLock, inner: ReentrantLock) =>
  outer.runExclusive(() => inner.runExclusive(() => undefined));

function newLocks(count: number, prefix = 'lock '): readonly ReentrantLock[] {
  return Array.from({ length: count }, (_, index) => new ReentrantLock({ name: `${prefix}${index}` }));
}

describe('the memory of lock orders', () => {
  it('forgets the oldest of more than 64 locks that were taken inside one', async () => {
    const outer = new ReentrantLock({ name: 'outer' });
    const inner = newLocks(65);
    let inversions: string[] = [];
    outer.on('order-inversion', ({ held }) => inversions.push(held));
    for (const lock of inner) await nest(outer, lock);
    await nest(inner[0]!, outer);
    expect(inversions).toEqual([]);
    await nest(inner[1]!, outer);
    await nest(inner[64]!, outer);
    expect(inversions).toEqual(['lock 1', 'lock 64']);
    inversions = [];
    await nest(inner[2]!, outer);
    expect(inversions).toEqual(['lock 2']);
  });

  it('keeps no lock alive', async () => {
    const outer = new ReentrantLock({ name: 'outer' });
    const takeOne = async () => {
      const inner = new ReentrantLock({ name: 'inner' });
      await nest(outer, inner);
      return new WeakRef(inner);
    };
    const forgotten = await takeOne();
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(forgotten.deref()).toBeUndefined();
  });

  it('is found through circles of orders without looking for ever', async () => {
    const [a, b, c, d] = newLocks(4) as [ReentrantLock, ReentrantLock, ReentrantLock, ReentrantLock];
    let heard = 0;
    d.on('order-inversion', () => heard++);
    await nest(a, b);
    await nest(b, c);
    await nest(c, a);
    await nest(d, a);
    expect(heard).toBe(0);
    await nest(c, d);
    expect(heard).toBe(1);
  });
});
