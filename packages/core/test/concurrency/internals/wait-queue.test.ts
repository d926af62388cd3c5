import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WaitQueue, type QueueLinks } from '../../../src/concurrency/wait-queue.js';
import { holds } from '../../property.js';

class Entry implements QueueLinks<Entry> {
  before: Entry | undefined = undefined;
  after: Entry | undefined = undefined;
  readonly number: number;
  constructor(number: number) {
    this.number = number;
  }
}

const step = fc.oneof(
  fc.constant({ kind: 'push' } as const),
  fc.constant({ kind: 'shift' } as const),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(9) }),
);

describe('the queue of waiting requests', () => {
  it('gives its entries back in the order in which they were pushed', () => {
    const queue = new WaitQueue<Entry>();
    for (const number of [1, 2, 3]) queue.push(new Entry(number));
    expect(
      [queue.shift(), queue.shift(), queue.shift(), queue.shift()].map((entry) => entry?.number),
    ).toEqual([1, 2, 3, undefined]);
    expect(queue.size).toBe(0);
  });

  it('does what a list does, however pushes, shifts and removals from the middle are mixed', () =>
    holds(
      fc.asyncProperty(fc.array(step), (steps) => {
        const queue = new WaitQueue<Entry>();
        const list: Entry[] = [];
        const seen = steps.map((each, number) => {
          if (each.kind === 'push') {
            const entry = new Entry(number);
            queue.push(entry);
            list.push(entry);
          } else if (each.kind === 'shift') {
            return { ours: queue.shift(), expected: list.shift() };
          } else {
            const [entry] = list.splice(each.at % Math.max(list.length, 1), 1);
            if (entry !== undefined) queue.remove(entry);
          }
          return { ours: [...queue, queue.size, queue.first], expected: [...list, list.length, list[0]] };
        });
        expect(seen.map(({ ours }) => ours)).toEqual(seen.map(({ expected }) => expected));
        return Promise.resolve();
      }),
      { file: 'packages/core/test/concurrency/internals/wait-queue.test.ts', runs: 300 },
    ));

  it('takes an entry back that was taken out before', () => {
    const queue = new WaitQueue<Entry>();
    const [first, second] = [new Entry(1), new Entry(2)];
    queue.push(first);
    queue.push(second);
    queue.remove(first);
    queue.push(first);
    expect([...queue]).toEqual([second, first]);
  });
});
