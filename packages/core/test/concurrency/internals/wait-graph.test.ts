import { describe, expect, it } from '@jest/globals';
import { DetachedBarrier } from '../../../src/concurrency/lock-frame.js';
import { findCycle, removeWait, type WaitEdge } from '../../../src/concurrency/wait-graph.js';
import { level, running, waiting } from './frames.js';

const drawn = (cycle: readonly WaitEdge[] | undefined) =>
  cycle?.map(({ waiting: { request }, holder }) => `${request.name} -> ${holder.name}`);

describe('the graph of who waits for whom', () => {
  it('has no circle where a request waits for a section that waits for nobody', () => {
    const [a, b] = [level('a'), level('b')];
    const inA = running(a, 'in a');
    running(b, 'in b');
    expect(findCycle(waiting(b, 'b from a', inA))).toBeUndefined();
  });

  it('has a circle as soon as the last request of it waits, and names it from that request on', () => {
    const [a, b, c] = [level('a'), level('b'), level('c')];
    const [inA, inB, inC] = [running(a, 'in a'), running(b, 'in b'), running(c, 'in c')];
    const first = waiting(b, 'b from a', inA);
    const second = waiting(c, 'c from b', inB);
    expect([findCycle(first), findCycle(second)]).toEqual([undefined, undefined]);
    expect(drawn(findCycle(waiting(a, 'a from c', inC)))).toEqual([
      'a from c -> in a',
      'b from a -> in b',
      'c from b -> in c',
    ]);
  });

  it('gives the circle to the request that closed it, and to none of the older ones in it', () => {
    const [a, b] = [level('a'), level('b')];
    const [inA, inB] = [running(a, 'in a'), running(b, 'in b')];
    const older = waiting(b, 'b from a', inA);
    const closing = waiting(a, 'a from b', inB);
    expect(findCycle(older)).toBeUndefined();
    expect(findCycle(closing)).toBeDefined();
  });

  it('opens the circle when any request of it goes', () => {
    const [a, b] = [level('a'), level('b')];
    const [inA, inB] = [running(a, 'in a'), running(b, 'in b')];
    const older = waiting(b, 'b from a', inA);
    const closing = waiting(a, 'a from b', inB);
    removeWait(older);
    expect(findCycle(closing)).toBeUndefined();
  });

  it('follows every reader that holds a lock, not only one', () => {
    const [a, b] = [level('a'), level('b')];
    const readers = ['first', 'second', 'third'].map((name) => running(a, name, undefined, true));
    for (const reader of readers) {
      const inB = running(b, `b of ${String(reader.name)}`);
      const older = waiting(b, 'b from a reader', reader);
      expect(drawn(findCycle(waiting(a, 'a from b', inB)))).toContain(`a from b -> ${String(reader.name)}`);
      removeWait(older);
      b.remove(inB);
    }
  });

  it('counts a request for every section that its context lies in, not only for the innermost', () => {
    const [a, b, c] = [level('a'), level('b'), level('c')];
    const outer = running(a, 'outer');
    const inner = running(b, 'inner', outer);
    const inC = running(c, 'in c');
    waiting(c, 'c from inner', inner);
    expect(drawn(findCycle(waiting(a, 'a from c', inC)))).toEqual([
      'a from c -> outer',
      'c from inner -> in c',
    ]);
  });

  it('has no circle through a section that a detach hid from the request', () => {
    const [a, b] = [level('a'), level('b')];
    const [inA, inB] = [running(a, 'in a'), running(b, 'in b')];
    waiting(b, 'detached', new DetachedBarrier(inA, inA));
    expect(findCycle(waiting(a, 'a from b', inB))).toBeUndefined();
  });

  it('has no circle through a section that has settled', () => {
    const [a, b] = [level('a'), level('b')];
    const [inA, inB] = [running(a, 'in a'), running(b, 'in b')];
    inA.live = false;
    waiting(b, 'late b from a', inA);
    expect(findCycle(waiting(a, 'a from b', inB))).toBeUndefined();
  });

  it('finds the circle in one look at each queue, however many wait in it', () => {
    const [a, b] = [level('a'), level('b')];
    const [inA, inB] = [running(a, 'in a'), running(b, 'in b')];
    for (let n = 0; n < 1000; n++) waiting(b, `b from a ${n}`, inA);
    let read = 0;
    const queue = inA.waits?.get(b);
    const iterator = queue?.[Symbol.iterator].bind(queue);
    Object.defineProperty(queue, Symbol.iterator, {
      *value() {
        for (const request of iterator?.() ?? []) {
          read++;
          yield request;
        }
      },
    });
    expect(findCycle(waiting(a, 'a from b', inB))).toHaveLength(2);
    expect(read).toBe(1);
  });
});
