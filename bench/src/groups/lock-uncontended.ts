import type { Group } from '../harness/group.js';
import { measureApart } from '../harness/measure-apart.js';
import { measure } from '../harness/measure.js';
import { ratioRow } from '../harness/row.js';
import { reentrantLock, reentrantLockNested } from '../oneiric/lock.js';
import { asyncLock } from '../peers/async-lock.js';
import { asyncMutex } from '../peers/async-mutex.js';

const group = 'lock-uncontended';
const plain = (): number => 1;
const asynchronous = async (): Promise<number> => 1;

/** One section at a time, nobody waiting. */
export const lockUncontended: Group = {
  name: group,
  apart: {
    ReentrantLock: () => reentrantLock(plain),
    'ReentrantLock, nested': () => reentrantLockNested(plain),
    Mutex: () => asyncMutex(plain),
  },
  async run(pace) {
    const samples = await measure(
      {
        ReentrantLock: reentrantLock(plain),
        'ReentrantLock, async body': reentrantLock(asynchronous),
        'ReentrantLock, nested': reentrantLockNested(plain),
        'ReentrantLock, nested, async body': reentrantLockNested(asynchronous),
        'async-mutex Mutex': asyncMutex(plain),
        'async-mutex Mutex, async body': asyncMutex(asynchronous),
        'async-lock': asyncLock(plain),
      },
      pace,
    );
    const apart = await measureApart(group, ['ReentrantLock', 'ReentrantLock, nested', 'Mutex'], pace);
    const beside = { group, samples, peer: 'async-mutex Mutex' };
    return [
      ratioRow({ ...beside, what: 'uncontended', ours: 'ReentrantLock', atMost: 0.6 }),
      ratioRow({
        ...beside,
        what: 'uncontended, async body',
        ours: 'ReentrantLock, async body',
        peer: 'async-mutex Mutex, async body',
        atMost: 0.6,
      }),
      ratioRow({ ...beside, what: 're-entrant', ours: 'ReentrantLock, nested', atMost: 0.6 }),
      ratioRow({
        ...beside,
        what: 're-entrant, async body',
        ours: 'ReentrantLock, nested, async body',
        peer: 'async-mutex Mutex, async body',
        atMost: 0.6,
      }),
      ratioRow({ ...beside, what: 'uncontended', ours: 'ReentrantLock', peer: 'async-lock' }),
      ratioRow({
        group,
        samples: apart,
        what: 'uncontended, each in a process of its own',
        ours: 'ReentrantLock',
        peer: 'Mutex',
      }),
      ratioRow({
        group,
        samples: apart,
        what: 're-entrant, each in a process of its own',
        ours: 'ReentrantLock, nested',
        peer: 'Mutex',
      }),
    ];
  },
};
