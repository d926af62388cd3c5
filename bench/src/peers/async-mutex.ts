import { Mutex } from 'async-mutex';

import type { Contender } from '../harness/contender.js';
import { queueing } from '../harness/queueing.js';

/** `mutex.runExclusive(fn)` with nobody else there. */
export function asyncMutex(body: () => number | Promise<number>): Contender {
  const mutex = new Mutex();
  return {
    async run(turns) {
      let sum = 0;
      for (let turn = 0; turn < turns; turn++) sum += await mutex.runExclusive(body);
      return sum;
    },
  };
}

/** All turns wait at once for a section that is held, then go through one after the other. */
export function asyncMutexWaiting(): Contender {
  const mutex = new Mutex();
  return queueing((section) => mutex.runExclusive(section));
}
