import { AsyncRWLock } from '../../../src/concurrency/async-rw-lock.js';
import { KeyedLock } from '../../../src/concurrency/keyed-lock.js';
import { ReentrantLock } from '../../../src/concurrency/reentrant-lock.js';
import type { Asks, LockOptions, Subject } from './subject.js';

/** A lock's answers as functions that can be passed around. */
function asksOf(lock: Asks): Asks {
  return {
    detach: (fn) => lock.detach(fn),
    assertLeaf: () => lock.assertLeaf(),
    isLocked: () => lock.isLocked(),
    isHeldByCurrentContext: () => lock.isHeldByCurrentContext(),
    query: () => lock.query(),
    on: (event, listener) => lock.on(event, listener),
  };
}

export function reentrantLock(options?: LockOptions): Subject {
  const lock = new ReentrantLock(options);
  return { run: (fn, request) => lock.runExclusive(fn, request), asks: asksOf(lock) };
}

export function writeLock(options?: LockOptions): Subject {
  const lock = new AsyncRWLock(options);
  return { run: (fn, request) => lock.write(fn, request), asks: asksOf(lock) };
}

/** One key of a lock for keys. */
export function lockOfOneKey(options?: LockOptions): Subject {
  const lock = new KeyedLock(options);
  const key = 'key';
  return {
    run: (fn, request) => lock.runExclusive(key, fn, request),
    asks: {
      detach: (fn) => lock.detach(key, fn),
      assertLeaf: () => lock.assertLeaf(key),
      isLocked: () => lock.isLocked(key),
      isHeldByCurrentContext: () => lock.isHeldByCurrentContext(key),
      query: () => lock.query(key),
      on: (event, listener) => lock.on(event, listener),
    },
  };
}
