import { expect } from '@jest/globals';
import { outcomeOf, quiet, rejectionOf, soon } from '../harness/turns.js';
import type { Body, MakeSubject } from '../harness/subject.js';
import { scene, visit } from '../harness/visit.js';
import type { Check } from './check.js';

/** Runs `body` with two rivals waiting: one of them must get in when it is over, and only one. */
async function expectOneRelease(make: MakeSubject, body: Body<unknown>, nested: boolean): Promise<void> {
  const lock = make();
  const holder = visit(lock, 'holder');
  await quiet();
  const inScope = nested ? <T>(fn: () => T) => holder.within(fn) : <T>(fn: () => T) => fn();
  const ending = inScope(() => outcomeOf(lock.run(body), 16));
  const [next, last] = inScope(() => [visit(lock, 'next'), visit(lock, 'last')] as const);
  if (!nested) holder.leave();
  expect((await ending).kind).not.toBe('pending');
  expect(scene(next, last)).toEqual({ next: 'inside', last: 'waiting' });
  next.leave();
  await quiet();
  expect(scene(next, last)).toEqual({ next: 'returned', last: 'inside' });
  last.leave();
  holder.leave();
  await quiet();
}

const failure = new Error('the body failed');
const endings: readonly (readonly [string, Body<unknown>])[] = [
  ['returns a value', () => 1],
  ['returns a promise', () => quiet(2)],
  [
    'throws',
    () => {
      throw failure;
    },
  ],
  ['rejects', () => quiet(2).then(() => Promise.reject(failure))],
  [
    'throws something that is no error',
    () => {
      throw undefined as unknown as Error;
    },
  ],
  [
    'returns a thenable that settles twice',
    () => ({
      then(resolve: (value: unknown) => void, reject: (reason: unknown) => void) {
        resolve(1);
        reject(failure);
        resolve(2);
      },
    }),
  ],
  [
    'returns an object whose `then` cannot be read',
    () =>
      Object.defineProperty({}, 'then', {
        get() {
          throw failure;
        },
      }),
  ],
];

/** Rule 8: released exactly once, however the body ends. */
export const releaseChecks: readonly Check[] = [
  ...endings.flatMap(([how, body]): Check[] => [
    {
      rule: 8,
      name: `a body that ${how} lets exactly one stranger in`,
      needs: [],
      run: (make) => expectOneRelease(make, body, false),
    },
    {
      rule: 8,
      name: `a section inside another that ${how} lets exactly one sibling in`,
      needs: [],
      run: (make) => expectOneRelease(make, body, true),
    },
  ]),
  {
    rule: 8,
    name: 'the promise gives what the body returned, resolved',
    needs: [],
    async run(make) {
      const lock = make();
      const value = { any: 'object' };
      expect(await soon(lock.run(() => value))).toBe(value);
      expect(await soon(lock.run(async () => value))).toBe(value);
      expect(await soon(lock.run(() => lock.run(() => value)))).toBe(value);
    },
  },
  {
    rule: 8,
    name: 'the promise rejects with the very reason that the body threw or rejected with, and never throws instead',
    needs: [],
    async run(make) {
      const lock = make();
      const thrown = lock.run(() => {
        throw failure;
      });
      const rejected = lock.run(() => Promise.reject(failure));
      const nested = lock.run(() => lock.run(() => Promise.reject(failure)));
      const reasons = await Promise.all([thrown, rejected, nested].map((ending) => rejectionOf(ending)));
      expect(reasons.map((reason) => reason === failure)).toEqual([true, true, true]);
    },
  },
  {
    rule: 8,
    name: 'a body that is no function is refused by a rejection, and the lock stays free',
    needs: [],
    async run(make) {
      const lock = make();
      const refused = lock.run(undefined as unknown as Body<void>);
      expect(await rejectionOf(refused)).toBeInstanceOf(Error);
      expect(await soon(lock.run(() => 'free'))).toBe('free');
    },
  },
  {
    rule: 8,
    name: 'a request that is aborted while it waits releases nothing: the holder keeps the others out',
    needs: [],
    async run(make) {
      const lock = make();
      const control = new AbortController();
      const holder = visit(lock, 'holder');
      const aborted = visit(lock, 'aborted', { signal: control.signal });
      const rival = visit(lock, 'rival');
      await quiet();
      control.abort();
      await quiet();
      expect(scene(holder, aborted, rival)).toEqual({
        holder: 'inside',
        aborted: 'rejected',
        rival: 'waiting',
      });
      holder.leave();
      await quiet();
      expect(rival.state).toBe('inside');
      rival.leave();
      await quiet();
    },
  },
  {
    rule: 8,
    name: 'a signal that is aborted while the body runs releases nothing before the body ends',
    needs: [],
    async run(make) {
      const lock = make();
      const control = new AbortController();
      const holder = visit(lock, 'holder', { signal: control.signal });
      const [next, last] = [visit(lock, 'next'), visit(lock, 'last')];
      await quiet();
      control.abort();
      await quiet();
      expect(scene(holder, next, last)).toEqual({ holder: 'inside', next: 'waiting', last: 'waiting' });
      holder.leave();
      await quiet();
      expect(scene(holder, next, last)).toEqual({ holder: 'returned', next: 'inside', last: 'waiting' });
      next.leave();
      last.leave();
      await quiet();
    },
  },
];
