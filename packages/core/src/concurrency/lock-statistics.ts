import type { LockCounters, LockTimes } from './lock-report.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What is counted on a lock; a `KeyedLock` counts for all its keys together. */
export class LockStatistics {
  readonly counters: Mutable<LockCounters> = {
    acquired: 0,
    contended: 0,
    timedOut: 0,
    aborted: 0,
    deadlocks: 0,
  };
  readonly times: Mutable<LockTimes> = { waitedMs: 0, longestWaitMs: 0, heldMs: 0, longestHoldMs: 0 };

  /** A request has stopped waiting, one way or the other. */
  waited(ms: number): void {
    this.times.waitedMs += ms;
    if (ms > this.times.longestWaitMs) this.times.longestWaitMs = ms;
  }

  /** A section has settled. */
  held(ms: number): void {
    this.times.heldMs += ms;
    if (ms > this.times.longestHoldMs) this.times.longestHoldMs = ms;
  }
}
