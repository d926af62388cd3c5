import { describe, expect, it } from '@jest/globals';
import { AsyncRWLock } from '../../src/concurrency/async-rw-lock.js';
import { KeyedLock } from '../../src/concurrency/keyed-lock.js';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { useLeakCheck } from './harness/leak-check.js';
import { quiet, rejectionOf, soon } from './harness/turns.js';

const INVALID = 'ONEIRIC_LOCK_OPTION_INVALID';
const LONGEST_MS = 2 ** 31 - 1;
const MILLISECONDS = `a number of milliseconds from 0 to ${LONGEST_MS}`;

type AnyLock = new (options?: never) => object;

function refusal(Lock: AnyLock, options: unknown): unknown {
  try {
    new Lock(options as never);
    return undefined;
  } catch (error) {
    return error;
  }
}

const badOptions: readonly (readonly [string, unknown, string])[] = [
  ['null', null, 'options is null, expected an object.'],
  ['a string', 'ledger', 'options is "ledger", expected an object.'],
  [
    'an unknown option',
    { deadlockGrace: 5 },
    'options is an object with deadlockGrace, expected nothing but name, deadlockGraceMs, maxPending, longHoldMs, ' +
      'detectOrder, strict, clock. Did you mean "deadlockGraceMs"?',
  ],
  ['an empty name', { name: '' }, 'name is "", expected a string that is not empty.'],
  ['a name that is no string', { name: 7 }, 'name is 7, expected a string that is not empty.'],
  ['a negative grace', { deadlockGraceMs: -1 }, `deadlockGraceMs is -1, expected ${MILLISECONDS}.`],
  ['a grace of NaN', { deadlockGraceMs: Number.NaN }, `deadlockGraceMs is NaN, expected ${MILLISECONDS}.`],
  [
    'a grace that no timer can hold',
    { deadlockGraceMs: LONGEST_MS + 1 },
    `deadlockGraceMs is ${LONGEST_MS + 1}, expected ${MILLISECONDS}.`,
  ],
  ['a longHoldMs that is no number', { longHoldMs: '5' }, `longHoldMs is "5", expected ${MILLISECONDS}.`],
  [
    'a negative maxPending',
    { maxPending: -1 },
    'maxPending is -1, expected a whole number from 0, or Infinity.',
  ],
  [
    'a broken maxPending',
    { maxPending: 1.5 },
    'maxPending is 1.5, expected a whole number from 0, or Infinity.',
  ],
  ['a detectOrder that is no boolean', { detectOrder: 1 }, 'detectOrder is 1, expected true or false.'],
  ['a strict that is no boolean', { strict: 'yes' }, 'strict is "yes", expected true or false.'],
];

const badRequests: readonly (readonly [string, unknown, string])[] = [
  ['null', null, 'options is null, expected an object.'],
  [
    'an unknown option',
    { timeout: 5 },
    'options is an object with timeout, expected nothing but name, signal, timeoutMs, ifAvailable. Did you mean "timeoutMs"?',
  ],
  ['an empty name', { name: '' }, 'name is "", expected a string that is not empty.'],
  ['a timeout that is no number', { timeoutMs: '5' }, `timeoutMs is "5", expected ${MILLISECONDS}.`],
  ['a negative timeout', { timeoutMs: -1 }, `timeoutMs is -1, expected ${MILLISECONDS}.`],
  [
    'an ifAvailable that is no boolean',
    { ifAvailable: 'yes' },
    'ifAvailable is "yes", expected true or false.',
  ],
  [
    'a signal that is none',
    { signal: {} },
    'signal is an object without properties, expected an AbortSignal.',
  ],
  ['a signal of null', { signal: null }, 'signal is null, expected an AbortSignal.'],
  [
    'a controller for a signal',
    { signal: { aborted: false } },
    'signal is an object with aborted, expected an AbortSignal.',
  ],
];

describe('the options of locks', () => {
  const watch = useLeakCheck();

  for (const Lock of [ReentrantLock, AsyncRWLock, KeyedLock] as readonly AnyLock[]) {
    it.each(badOptions)(`${Lock.name} refuses %s`, (_what, options, message) => {
      expect(refusal(Lock, options)).toMatchObject({ code: INVALID, message });
    });

    it(`${Lock.name} accepts every option at its bounds`, () => {
      for (const options of [
        {},
        { name: 'x', deadlockGraceMs: 0, maxPending: 0, longHoldMs: 0, detectOrder: false, strict: false },
        {
          deadlockGraceMs: LONGEST_MS,
          maxPending: Infinity,
          longHoldMs: LONGEST_MS,
          detectOrder: true,
          strict: true,
        },
        { maxPending: Number.MAX_SAFE_INTEGER },
      ]) {
        expect(refusal(Lock, options)).toBeUndefined();
      }
    });
  }

  it.each(badRequests)(
    'a request with %s is refused by a rejection, and nothing runs',
    async (_what, options, message) => {
      const lock = watch(new ReentrantLock());
      let started = false;
      const refused = lock.runExclusive(() => void (started = true), options as never);
      expect(await rejectionOf(refused)).toMatchObject({ code: INVALID, message });
      expect(started).toBe(false);
    },
  );

  it('a body or a detached function that is none is refused, by every method that takes one', async () => {
    const [lock, rw, keyed] = [watch(new ReentrantLock()), watch(new AsyncRWLock()), watch(new KeyedLock())];
    const none = 'no function' as never;
    for (const refused of [
      lock.runExclusive(none),
      rw.read(none),
      rw.write(none),
      keyed.runExclusive('key', none),
    ]) {
      expect(await rejectionOf(refused)).toMatchObject({
        code: INVALID,
        message: 'fn is "no function", expected a function.',
      });
    }
    for (const refused of [() => lock.detach(none), () => rw.detach(none), () => keyed.detach('key', none)]) {
      expect(refused).toThrow(expect.objectContaining({ code: INVALID }));
    }
  });

  it('an event that no lock raises and a listener that is no function are refused', () => {
    const lock = new ReentrantLock();
    const on = (event: unknown, listener: unknown) => () => lock.on(event as never, listener as never);
    expect(on('orphan-runing', () => undefined)).toThrow(
      'event is "orphan-runing", expected one of orphan-running, deadlock-suspected, long-hold, order-inversion. ' +
        'Did you mean "orphan-running"?',
    );
    expect(on('toString', () => undefined)).toThrow(expect.objectContaining({ code: INVALID }));
    expect(on(Symbol('x'), () => undefined)).toThrow(expect.objectContaining({ code: INVALID }));
    expect(on('long-hold', 'listener')).toThrow('listener is "listener", expected a function.');
  });

  it("an option that somebody gave to every object is not the caller's", async () => {
    const own: object = Object.create({ stranger: 1 }) as object;
    await expect(new ReentrantLock(own).runExclusive(() => 'ran', own)).resolves.toBe('ran');
  });

  it('options that change after the call change nothing', async () => {
    const lock = watch(new ReentrantLock());
    const holder = lock.runExclusive(() => quiet(3));
    const options = { name: 'first', timeoutMs: 50 };
    const waiting = lock.runExclusive(() => lock.query().held[0]?.name, options);
    Object.assign(options, { name: 'changed', timeoutMs: -1 });
    expect(await soon(waiting)).toBe('first');
    await holder;
  });

  it('time comes through the clock that a lock was given', async () => {
    let now = 100;
    const timers: { readonly ms: number; readonly fn: () => void }[] = [];
    const clock = {
      now: () => now,
      after(ms: number, fn: () => void) {
        const timer = { ms, fn };
        timers.push(timer);
        return { [Symbol.dispose]: () => void timers.splice(timers.indexOf(timer), 1) };
      },
    };
    const lock = watch(new ReentrantLock({ clock }));
    const waiting = lock.runExclusive(async () => {
      now = 130;
      const seen = lock.query().held[0]?.heldMs;
      const inner = lock.runExclusive(() => quiet(1));
      const late = lock.runExclusive(() => undefined, { timeoutMs: 70 });
      expect(timers.map(({ ms }) => ms)).toEqual([70]);
      timers[0]?.fn();
      expect(await rejectionOf(late)).toMatchObject({ code: 'ONEIRIC_LOCK_TIMEOUT' });
      await inner;
      return seen;
    });
    expect(await soon(waiting, 20)).toBe(30);
    expect(timers).toEqual([]);
  });
});
