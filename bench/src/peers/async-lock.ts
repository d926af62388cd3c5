import AsyncLock from 'async-lock';

import type { Contender } from '../harness/contender.js';
import { queueing } from '../harness/queueing.js';

/** `lock.acquire(key, fn)` with nobody else there. */
export function asyncLock(body: () => number | Promise<number>): Contender {
  const lock = new AsyncLock();
  return {
    async run(turns) {
      let sum = 0;
      for (let turn = 0; turn < turns; turn++) sum += await lock.acquire('key', body);
      return sum;
    },
  };
}

/** All turns wait at once for a section that is held, then go through one after the other. */
export function asyncLockWaiting(): Contender {
  const lock = new AsyncLock({ maxPending: Infinity });
  return queueing((section) => lock.acquire('key', section));
}
