import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { ratioRow, type Row } from '../harness/row.js';
import { reentrantLockWaiting } from '../oneiric/lock.js';
import { asyncLockWaiting } from '../peers/async-lock.js';
import { asyncMutexWaiting } from '../peers/async-mutex.js';

const group = 'lock-waiting';

/**
 * Many requests that wait for one section at once; the time of each from the first request to the last result.
 *
 * Two forms: again and again, as in a service that is busy; and each right after a full collection was forced, which
 * throws compiled code away with the objects it was compiled for, and so measures a burst out of the blue.
 */
export const lockWaiting: Group = {
  name: group,
  async run(pace) {
    const rows: Row[] = [];
    for (const [waiting, atMost] of [
      [10_000, 1],
      [50_000, 0.6],
    ] as const) {
      for (const collect of [false, true]) {
        const contenders = {
          ReentrantLock: reentrantLockWaiting(),
          'async-mutex Mutex': asyncMutexWaiting(),
          'async-lock': asyncLockWaiting(),
        };
        const rounds = pace.quick ? 5 : 15;
        const samples = await measure(contenders, pace, { turns: waiting, rounds, collect });
        const when = collect ? ', each burst after a forced full collection' : '';
        const what = `${waiting.toLocaleString('en')} waiting, per request${when}`;
        const target = collect ? {} : { atMost };
        rows.push(
          ratioRow({ group, samples, what, ours: 'ReentrantLock', peer: 'async-mutex Mutex', ...target }),
          ratioRow({ group, samples, what, ours: 'ReentrantLock', peer: 'async-lock' }),
        );
      }
    }
    return rows;
  },
};
