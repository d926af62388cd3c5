import { describe, expect, it } from '@jest/globals';
import { LockOrder } from '../../../src/concurrency/lock-order.js';

function orders(...names: readonly string[]): LockOrder[] {
  return names.map((name, id) => new LockOrder(id, name));
}

describe('the memory of the order of locks', () => {
  it('says the earlier order when it is turned round, and says it once', () => {
    const [a, b] = orders('a', 'b') as [LockOrder, LockOrder];
    expect(a.follow(b)).toBeUndefined();
    expect(a.follow(b)).toBeUndefined();
    expect(b.follow(a)).toEqual(['a', 'b']);
    expect(b.follow(a)).toBeUndefined();
  });

  it('sees an order that goes over other locks, by the shortest way', () => {
    const [a, b, c, d] = orders('a', 'b', 'c', 'd') as [LockOrder, LockOrder, LockOrder, LockOrder];
    a.follow(b);
    b.follow(c);
    c.follow(d);
    b.follow(d);
    expect(d.follow(a)).toEqual(['a', 'b', 'd']);
  });

  it('goes through circles of earlier orders without end', () => {
    const [a, b, c] = orders('a', 'b', 'c') as [LockOrder, LockOrder, LockOrder];
    a.follow(b);
    b.follow(a);
    expect(c.follow(a)).toBeUndefined();
  });

  it('remembers the last 64 followers of a lock and forgets the oldest first', () => {
    const [a, ...others] = orders('a', ...Array.from({ length: 65 }, (_, n) => `other ${n}`)) as [
      LockOrder,
      ...LockOrder[],
    ];
    for (const other of others) a.follow(other);
    expect([...a.followers()]).toEqual(others.slice(1));
    expect(others[0]?.follow(a)).toBeUndefined();
    expect(others[1]?.follow(a)).toEqual(['a', 'other 1']);
  });
});
