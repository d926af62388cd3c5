import { afterEach, beforeEach, expect } from '@jest/globals';
import type { Asks } from './subject.js';
import { pendingTimers, startVirtualTime, stopVirtualTime } from './virtual-time.js';
import { quiet } from './turns.js';

export type Watched = Pick<Asks, 'query' | 'isLocked'>;

/** Throws unless every lock is free with nobody waiting, and no timer is left. */
export function expectNothingLeft(locks: Iterable<Watched>): void {
  for (const lock of locks) {
    const { held, pending } = lock.query();
    expect({ held, pending, locked: lock.isLocked() }).toEqual({ held: [], pending: [], locked: false });
  }
  expect({ timersLeft: pendingTimers() }).toEqual({ timersLeft: 0 });
}

/**
 * Every test of the calling file runs in virtual time and must leave nothing behind: no section held, nobody
 * waiting, no timer. (A rejection that nobody handles fails a test by itself: the runner sees to that.)
 *
 * @returns registers a lock for the check at the end of the test, and returns it
 */
export function useLeakCheck(): <L extends Watched>(lock: L) => L {
  const watched = new Set<Watched>();
  beforeEach(() => {
    watched.clear();
    startVirtualTime();
  });
  afterEach(async () => {
    try {
      await quiet();
      expectNothingLeft(watched);
    } finally {
      stopVirtualTime();
    }
  });
  return (lock) => {
    watched.add(lock);
    return lock;
  };
}
