import { describe, expect, it } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { SnapshotCell } from '../../src/concurrency/snapshot-cell.js';
import { outcomeOf, quiet, rejectionOf, soon } from './harness/turns.js';

const listenersOf = ({ signal }: AbortController) => getEventListeners(signal, 'abort').length;

describe('a snapshot cell', () => {
  it('gives every reader the very object that was published last, without a copy', () => {
    const [first, second]: { n: number }[] = [Object.freeze({ n: 1 }), Object.freeze({ n: 2 })];
    const cell = new SnapshotCell(first);
    expect(cell.read()).toBe(first);
    expect(cell.read()).toBe(first);
    cell.publish(second);
    expect(cell.read()).toBe(second);
  });

  it('never shows a reader half of a change, while a writer publishes and many readers read', async () => {
    const cell = new SnapshotCell({ left: 0, right: 0 });
    let reads = 0;
    let torn = 0;
    let over = false;
    const readers = Array.from({ length: 20 }, async () => {
      for (let last = 0; !over;) {
        const { left, right } = cell.read();
        if (left !== right || left < last) torn++;
        last = left;
        reads++;
        await Promise.resolve();
      }
    });
    for (let n = 1; n <= 500; n++) {
      cell.publish(Object.freeze({ left: n, right: n }));
      await Promise.resolve();
    }
    over = true;
    await Promise.all(readers);
    expect({ torn, many: reads > 5000, last: cell.read().left }).toEqual({ torn: 0, many: true, last: 500 });
  });

  it('changes() gives what is published after the call, in order, and not what was there before', async () => {
    const cell = new SnapshotCell('before');
    const changes = cell.changes();
    const early = outcomeOf(changes.next(), 3);
    expect((await early).kind).toBe('pending');
    const seen: string[] = [];
    const consumer = (async () => {
      for await (const value of cell.changes()) {
        seen.push(value);
        if (value === 'last') break;
      }
    })();
    for (const value of ['a', 'b', 'last', 'after']) {
      cell.publish(value);
      await quiet(1);
    }
    await soon(consumer);
    expect(seen).toEqual(['a', 'b', 'last']);
    await changes.return?.();
  });

  it('a value published between the call of changes() and the first next() is not missed', async () => {
    const cell = new SnapshotCell(0);
    const changes = cell.changes();
    cell.publish(1);
    expect(await soon(changes.next())).toEqual({ done: false, value: 1 });
    await changes.return?.();
  });

  it('a slow consumer is given the latest value, and nothing is queued for it', async () => {
    const cell = new SnapshotCell(0);
    const changes = cell.changes();
    for (let n = 1; n <= 10_000; n++) cell.publish(n);
    expect(await soon(changes.next())).toEqual({ done: false, value: 10_000 });
    expect((await outcomeOf(changes.next())).kind).toBe('pending');
    await changes.return?.();
  });

  it('a value that is published twice in a row counts as two publications', async () => {
    const cell = new SnapshotCell('same');
    const changes = cell.changes();
    cell.publish('same');
    expect(await soon(changes.next())).toEqual({ done: false, value: 'same' });
    const next = changes.next();
    cell.publish('same');
    expect(await soon(next)).toEqual({ done: false, value: 'same' });
    await changes.return?.();
  });

  it('every consumer is told of every publication that it keeps up with, whatever the others do', async () => {
    const cell = new SnapshotCell(0);
    const seen: number[][] = [[], [], []];
    const control = new AbortController();
    const consumers = seen.map(async (into, index) => {
      for await (const value of cell.changes(control.signal)) {
        into.push(value);
        if (into.length > index) break;
      }
    });
    for (let n = 1; n <= 5; n++) {
      cell.publish(n);
      await quiet(1);
    }
    await soon(Promise.all(consumers));
    expect(seen).toEqual([[1], [1, 2], [1, 2, 3]]);
    expect(listenersOf(control)).toBe(0);
  });

  it('an abort ends an iteration that waits, by throwing the reason of the signal, and leaves no listener', async () => {
    const cell = new SnapshotCell(0);
    const control = new AbortController();
    const changes = cell.changes(control.signal);
    const next = changes.next();
    await quiet(1);
    expect(listenersOf(control)).toBe(1);
    control.abort(new Error('enough'));
    expect(await rejectionOf(next)).toBe(control.signal.reason);
    expect(listenersOf(control)).toBe(0);
    cell.publish(1);
    expect(await soon(changes.next())).toEqual({ done: true, value: undefined });
  });

  it('an abort while nobody waits ends the iteration at the next call, although there is something new', async () => {
    const cell = new SnapshotCell(0);
    const control = new AbortController();
    const changes = cell.changes(control.signal);
    cell.publish(1);
    control.abort(new Error('enough'));
    expect(await rejectionOf(changes.next())).toBe(control.signal.reason);
    expect(await soon(changes.next())).toEqual({ done: true, value: undefined });
    expect(listenersOf(control)).toBe(0);
  });

  it('a signal that is aborted already ends the iteration at its first call', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    expect(await rejectionOf(new SnapshotCell(0).changes(signal).next())).toBe(signal.reason);
  });

  it('no listener stays on the signal, whether the iteration got a value, was broken off, or never waited', async () => {
    const cell = new SnapshotCell(0);
    const control = new AbortController();
    const { signal } = control;
    const changes = cell.changes(signal);
    expect(listenersOf(control)).toBe(0);
    for (let n = 1; n <= 100; n++) {
      const next = changes.next();
      await quiet(1);
      cell.publish(n);
      expect(await soon(next, 1)).toEqual({ done: false, value: n });
      expect(listenersOf(control)).toBe(0);
    }
    const waiting = changes.next();
    await quiet(1);
    expect(listenersOf(control)).toBe(1);
    await changes.return?.();
    expect(await soon(waiting)).toEqual({ done: true, value: undefined });
    expect(listenersOf(control)).toBe(0);
  });

  it('after return() the iteration is over, for the call that waits and for all later ones', async () => {
    const cell = new SnapshotCell(0);
    const changes = cell.changes();
    const waiting = changes.next();
    await quiet(1);
    expect(await soon(changes.return!())).toEqual({ done: true, value: undefined });
    cell.publish(1);
    expect([await soon(waiting), await soon(changes.next())]).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
  });

  it('calls of next() that overlap are answered in order, each by a later publication', async () => {
    const cell = new SnapshotCell(0);
    const changes = cell.changes();
    const [first, second] = [changes.next(), changes.next()];
    await quiet(1);
    cell.publish(1);
    expect(await soon(first)).toEqual({ done: false, value: 1 });
    expect((await outcomeOf(second)).kind).toBe('pending');
    cell.publish(2);
    expect(await soon(second)).toEqual({ done: false, value: 2 });
    await changes.return?.();
  });

  it('a consumer that publishes from inside its own loop gets what it published', async () => {
    const cell = new SnapshotCell(0);
    const seen: number[] = [];
    const consumer = (async () => {
      for await (const value of cell.changes()) {
        seen.push(value);
        if (value === 5) break;
        cell.publish(value + 1);
      }
    })();
    cell.publish(1);
    await soon(consumer);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });
});
