import { ReentrantLock } from '@oneiric/core';

import type { Contender } from '../harness/contender.js';
import { queueing } from '../harness/queueing.js';

/** `lock.runExclusive(fn)` with nobody else there. */
export function reentrantLock(body: () => number | Promise<number>): Contender {
  const lock = new ReentrantLock();
  return {
    async run(turns) {
      let sum = 0;
      for (let turn = 0; turn < turns; turn++) sum += await lock.runExclusive(body);
      return sum;
    },
  };
}

/** `lock.runExclusive(fn)` inside a section of the same lock. */
export function reentrantLockNested(body: () => number | Promise<number>): Contender {
  const lock = new ReentrantLock();
  return {
    run: (turns) =>
      lock.runExclusive(async () => {
        let sum = 0;
        for (let turn = 0; turn < turns; turn++) sum += await lock.runExclusive(body);
        return sum;
      }),
  };
}

/** All turns wait at once for a section that is held, then go through one after the other. */
export function reentrantLockWaiting(): Contender {
  const lock = new ReentrantLock();
  return queueing((section) => lock.runExclusive(section));
}
