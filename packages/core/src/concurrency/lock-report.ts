/** How a section holds its lock: alone, or (a reader) beside other readers. */
export type LockMode = 'exclusive' | 'shared';

/** One section that is running, and the sections that run inside it. */
export interface LockSection {
  /** The name that `runExclusive` was given, else `section-<number of the request>`. */
  readonly name: string;
  readonly mode: LockMode;
  /** The lock of its key; only where a `KeyedLock` tells of all its keys, and only on the outermost. */
  readonly lock?: string;
  /** How long it has been running, in milliseconds. */
  readonly heldMs: number;
  readonly children: readonly LockSection[];
}

/** One request that is waiting. */
export interface LockRequest {
  readonly name: string;
  readonly mode: LockMode;
  /** The lock of its key; only where a `KeyedLock` tells of all its keys. */
  readonly lock?: string;
  /** How long it has been waiting, in milliseconds. */
  readonly waitedMs: number;
  /** The running section in whose queue it waits; absent for the lock's own queue. */
  readonly within?: string;
}

/** What has happened on a lock since it was made. */
export interface LockCounters {
  /** Sections that were granted. */
  readonly acquired: number;
  /** Requests that had to wait. */
  readonly contended: number;
  /** Requests that failed with `ONEIRIC_LOCK_TIMEOUT`. */
  readonly timedOut: number;
  /** Requests that were aborted before their section started. */
  readonly aborted: number;
  /** Requests that failed with `ONEIRIC_LOCK_DEADLOCK`. */
  readonly deadlocks: number;
}

/** How long it took, in milliseconds, since the lock was made; sections that still run do not count yet. */
export interface LockTimes {
  readonly waitedMs: number;
  readonly longestWaitMs: number;
  readonly heldMs: number;
  readonly longestHoldMs: number;
}

/**
 * Who holds a lock and who waits for it, at one instant. Plain data, independent of the lock.
 * `lock.query()` lists everything; the report of an error lists at most 32 sections and 32 requests, the
 * failed request among them, and `pendingTotal` says how many there were.
 */
export interface LockReport {
  readonly lock: string;
  /** The outermost running sections; several only where readers share. */
  readonly held: readonly LockSection[];
  /** In the order in which they will be served: inner queues before the lock's own. */
  readonly pending: readonly LockRequest[];
  readonly pendingTotal: number;
  readonly counters: LockCounters;
  readonly times: LockTimes;
}
