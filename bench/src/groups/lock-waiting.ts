import type { Group } from '../harness/group.js';
import { measure } from '../harness/measure.js';
import { ratioRow, type Row } from '../harness/row.js';
import { reentrantLockWaiting } from '../oneiric/lock.js';
import { asyncLockWaiting } from '../peers/async-lock.js';
import { asyncMutexWaiting } from '../peers/async-mutex.js';

const group = 'lock-waiting';

/** Many requests that wait for one section at once; the time of each from the first request to the last result. */
export const lockWaiting: Group = {
  name: group,
  async run(pace) {
    const rows: Row[] = [];
    for (const [waiting, atMost] of [
      [10_000, 1],
      [50_000, 0.6],
    ] as const) {
      const contenders = {
        ReentrantLock: reentrantLockWaiting(),
        'async-mutex Mutex': asyncMutexWaiting(),
        'async-lock': asyncLockWaiting(),
      };
      const rounds = pace.quick ? 3 : 9;
      const samples = await measure(contenders, pace, { turns: waiting, rounds, collect: true });
      const what = `${waiting.toLocaleString('en')} waiting, per request`;
      rows.push(
        ratioRow({ group, samples, what, ours: 'ReentrantLock', peer: 'async-mutex Mutex', atMost }),
        ratioRow({ group, samples, what, ours: 'ReentrantLock', peer: 'async-lock' }),
      );
    }
    return rows;
  },
};
