import { describe, expect, it } from '@jest/globals';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { KeyedLock } from '../../src/concurrency/keyed-lock.js';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { SnapshotCell } from '../../src/concurrency/snapshot-cell.js';
import { useLeakCheck } from './harness/leak-check.js';
import { pass } from './harness/virtual-time.js';
import { quiet } from './harness/turns.js';
import { visit } from './harness/visit.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const TIMES = 20_000;
/** Less than the smallest object that could be kept each time. */
const MOST_BYTES_EACH = 32;

/** How many bytes of the heap each of `TIMES` rounds leaves behind, once everything was warm. */
async function bytesKept(rounds: (times: number) => Promise<void>): Promise<number> {
  await rounds(TIMES / 10);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  await rounds(TIMES);
  await quiet(1);
  collectGarbage();
  return (process.memoryUsage().heapUsed - before) / TIMES;
}

describe('nothing that is over takes memory', () => {
  const watch = useLeakCheck();

  it('a context that goes on for ever from one ended section to the next does not grow', async () => {
    const lock = watch(new ReentrantLock());
    const chain = async (left: number): Promise<void> => {
      let over: () => void = () => undefined;
      const done = new Promise<void>((resolve) => (over = resolve));
      const link = (remaining: number): void => {
        void lock.runExclusive(() => {
          setImmediate(() => (remaining === 0 ? over() : link(remaining - 1)));
        });
      };
      link(left);
      await done;
    };
    expect(await bytesKept(chain)).toBeLessThan(MOST_BYTES_EACH);
  });

  it('a context that goes on for ever from one detach to the next does not grow', async () => {
    const lock = watch(new ReentrantLock());
    const chain = async (left: number): Promise<void> => {
      let over: () => void = () => undefined;
      const done = new Promise<void>((resolve) => (over = resolve));
      const link = (remaining: number): void => {
        void lock.runExclusive(() => {
          lock.detach(() => setImmediate(() => (remaining === 0 ? over() : link(remaining - 1))));
        });
      };
      link(left);
      await done;
    };
    expect(await bytesKept(chain)).toBeLessThan(MOST_BYTES_EACH);
  });

  it('a signal that lives for ever keeps nothing of the requests that were granted with it', async () => {
    const lock = watch(new ReentrantLock());
    const { signal } = new AbortController();
    const rounds = async (times: number): Promise<void> => {
      for (let left = times / 10; left > 0; left--) {
        await Promise.all(
          Array.from({ length: 10 }, () => lock.runExclusive(() => Promise.resolve(), { signal })),
        );
      }
    };
    expect(await bytesKept(rounds)).toBeLessThan(MOST_BYTES_EACH);
  });

  it('a lock that is held for ever keeps nothing of the requests that gave up', async () => {
    const lock = watch(new ReentrantLock());
    const run: Parameters<typeof visit>[0] = { run: (fn, options) => lock.runExclusive(fn, options) };
    const holder = visit(run, 'holder');
    await quiet();
    const rounds = async (times: number): Promise<void> => {
      for (let left = times / 100; left > 0; left--) {
        const control = new AbortController();
        const requests = Array.from({ length: 100 }, (_, index) =>
          lock.runExclusive(() => undefined, index % 2 === 0 ? { signal: control.signal } : { timeoutMs: 5 }),
        );
        const settled = Promise.allSettled(requests);
        control.abort();
        await pass(5);
        await settled;
      }
    };
    expect(await bytesKept(rounds)).toBeLessThan(MOST_BYTES_EACH);
    holder.leave();
    await quiet();
  });

  it('a lock for keys keeps nothing of keys that are not in use', async () => {
    const lock = watch(new KeyedLock());
    let key = 0;
    const rounds = async (times: number): Promise<void> => {
      for (let left = times; left > 0; left--)
        await lock.runExclusive(`key ${key++}`, () => Promise.resolve());
    };
    expect(await bytesKept(rounds)).toBeLessThan(MOST_BYTES_EACH);
  });

  it('a cell keeps nothing of the values before the last, nor of iterations that were broken off', async () => {
    const cell = new SnapshotCell<object>({});
    const { signal } = new AbortController();
    const slow = cell.changes(signal);
    const rounds = async (times: number): Promise<void> => {
      for (let left = times; left > 0; left--) {
        const changes = cell.changes(signal);
        const next = changes.next();
        await Promise.resolve();
        if (left % 2 === 0) cell.publish({ left });
        else await changes.return?.();
        await next;
      }
    };
    expect(await bytesKept(rounds)).toBeLessThan(MOST_BYTES_EACH);
    await slow.return?.();
  });
});
