import { expect } from '@jest/globals';
import { pass, passAtOnce, pendingTimers } from '../harness/virtual-time.js';
import type { LockReport } from '../harness/subject.js';
import { microtasks, quiet, rejectionOf, soon } from '../harness/turns.js';
import { scene, visit } from '../harness/visit.js';
import { asks, tree, type Check } from './check.js';

const MAX_TIMEOUT_MS = 2 ** 31 - 1;
const TIMEOUT = { code: 'ONEIRIC_LOCK_TIMEOUT' };
const UNAVAILABLE = { code: 'ONEIRIC_LOCK_UNAVAILABLE' };
const QUEUE_FULL = { code: 'ONEIRIC_LOCK_QUEUE_FULL' };

const timeoutChecks: readonly Check[] = [
  {
    rule: 12,
    name: 'a request waits for exactly its timeout, is rejected with ONEIRIC_LOCK_TIMEOUT, and its neighbours go on',
    needs: [],
    async run(make) {
      const lock = make();
      const holder = visit(lock, 'holder');
      const hasty = visit(lock, 'hasty', { timeoutMs: 50 });
      const rival = visit(lock, 'rival');
      await pass(49);
      expect(scene(holder, hasty, rival)).toEqual({ holder: 'inside', hasty: 'waiting', rival: 'waiting' });
      await pass(1);
      expect(scene(holder, hasty, rival)).toEqual({ holder: 'inside', hasty: 'rejected', rival: 'waiting' });
      expect(hasty.reason).toMatchObject(TIMEOUT);
      holder.leave();
      await quiet();
      expect(scene(hasty, rival)).toEqual({ hasty: 'rejected', rival: 'inside' });
      rival.leave();
      await quiet();
    },
  },
  {
    rule: 12,
    name: 'a timeout never bounds holding: a section that was granted may last as long as it likes',
    needs: [],
    async run(make) {
      const lock = make();
      const first = visit(lock, 'first', { timeoutMs: 10 });
      const second = visit(lock, 'second', { timeoutMs: 10 });
      await pass(9);
      const rival = visit(lock, 'rival');
      first.leave();
      await quiet();
      await pass(100_000);
      expect(scene(first, second, rival)).toEqual({ first: 'returned', second: 'inside', rival: 'waiting' });
      second.leave();
      await quiet();
      expect(scene(second, rival)).toEqual({ second: 'returned', rival: 'inside' });
      rival.leave();
      await quiet();
    },
  },
  {
    rule: 12,
    name: 'nothing is ever force-released: rivals stay parked however long the holder stays',
    needs: [],
    async run(make) {
      const lock = make({ longHoldMs: 10 });
      const holder = visit(lock, 'holder');
      const rival = visit(lock, 'rival');
      for (let day = 0; day < 30; day++) await pass(86_400_000);
      expect(scene(holder, rival)).toEqual({ holder: 'inside', rival: 'waiting' });
      holder.leave();
      rival.leave();
      await quiet();
      expect(rival.state).toBe('returned');
    },
  },
  {
    rule: 12,
    name: 'no ghost of a timed-out request is seen: it is not pending, takes no turn, and keeps no timer',
    needs: ['query'],
    async run(make) {
      const lock = make();
      const { query } = asks(lock, 'query');
      const granted: string[] = [];
      const holder = visit(lock, 'holder', {}, granted);
      await quiet();
      const timers = pendingTimers();
      const ghosts = ['g1', 'g2', 'g3'].map((name) => visit(lock, name, { timeoutMs: 20 }, granted));
      const rival = visit(lock, 'rival', {}, granted);
      await quiet();
      passAtOnce(20);
      expect(query().pending.map(({ name }) => name)).toEqual(['rival']);
      await quiet();
      expect(ghosts.map(({ state }) => state)).toEqual(['rejected', 'rejected', 'rejected']);
      expect(pendingTimers()).toBe(timers);
      holder.leave();
      await quiet();
      rival.leave();
      await quiet();
      expect(granted).toEqual(['holder', 'rival']);
    },
  },
  {
    rule: 12,
    name: 'a request that is granted or aborted in time leaves no timer behind',
    needs: [],
    async run(make) {
      const lock = make();
      const control = new AbortController();
      const before = pendingTimers();
      await soon(lock.run(() => 'at once', { timeoutMs: 1000 }));
      expect(pendingTimers()).toBe(before);
      const holder = visit(lock, 'holder', { timeoutMs: 1000 });
      const aborted = visit(lock, 'aborted', { timeoutMs: 1000, signal: control.signal });
      const next = visit(lock, 'next', { timeoutMs: 1000 });
      await quiet();
      control.abort();
      holder.leave();
      await quiet();
      next.leave();
      await quiet();
      expect(scene(aborted, next)).toEqual({ aborted: 'rejected', next: 'returned' });
      expect(pendingTimers()).toBe(before);
    },
  },
  {
    rule: 12,
    name: "a timeout's error names lock, holder and waiters, in its message and as a report",
    needs: ['query'],
    async run(make) {
      const lock = make({ name: 'ledger' });
      const holder = visit(lock, 'month-end');
      await quiet();
      const child = holder.within(() => visit(lock, 'audit'));
      const rival = visit(lock, 'rival');
      const hasty = visit(lock, 'hasty', { timeoutMs: 5 });
      await pass(5);
      const error = hasty.reason as Error & { details: { report: LockReport } };
      expect(error.message).toContain('ledger');
      expect(error.message).toContain('month-end');
      expect(error.message).toContain('hasty');
      const { report } = error.details;
      expect(tree(report.held)).toEqual(['month-end', ['audit']]);
      expect(report.pending.map(({ name }) => name)).toContain('rival');
      expect(report.counters.timedOut).toBe(1);
      child.leave();
      holder.leave();
      await quiet();
      rival.leave();
      await quiet();
    },
  },
  {
    rule: 12,
    name: 'a timeout of 0 takes a free lock, and gives up on a held one in the same turn of the clock',
    needs: [],
    async run(make) {
      const lock = make();
      expect(await soon(lock.run(() => 'free', { timeoutMs: 0 }))).toBe('free');
      const holder = visit(lock, 'holder');
      await quiet();
      const hasty = visit(lock, 'hasty', { timeoutMs: 0 });
      await pass(1);
      expect(hasty.reason).toMatchObject(TIMEOUT);
      holder.leave();
      await quiet();
    },
  },
  ...[Number.NaN, -1, -0.5, MAX_TIMEOUT_MS + 1, Infinity, -Infinity].map((timeoutMs): Check => ({
    rule: 12,
    name: `a timeout of ${timeoutMs} is refused by a rejection, also when the lock is free`,
    needs: [],
    async run(make) {
      const lock = make();
      let started = false;
      const refused = lock.run(() => void (started = true), { timeoutMs });
      expect(await rejectionOf(refused)).toBeInstanceOf(Error);
      const holder = visit(lock, 'holder');
      await quiet();
      expect(await rejectionOf(lock.run(() => void (started = true), { timeoutMs }))).toBeInstanceOf(Error);
      expect({ started, holder: holder.state }).toEqual({ started: false, holder: 'inside' });
      holder.leave();
      await quiet();
    },
  })),
  {
    rule: 12,
    name: `a timeout of ${MAX_TIMEOUT_MS} is accepted`,
    needs: [],
    async run(make) {
      const lock = make();
      const holder = visit(lock, 'holder');
      const patient = visit(lock, 'patient', { timeoutMs: MAX_TIMEOUT_MS });
      await pass(86_400_000);
      expect(scene(holder, patient)).toEqual({ holder: 'inside', patient: 'waiting' });
      holder.leave();
      patient.leave();
      await quiet();
      expect(patient.state).toBe('returned');
    },
  },
];

const ifAvailableChecks: readonly Check[] = [
  {
    rule: 12,
    name: 'ifAvailable takes a free lock',
    needs: [],
    async run(make) {
      expect(await soon(make().run(() => 'mine', { ifAvailable: true }))).toBe('mine');
    },
  },
  {
    rule: 12,
    name: 'ifAvailable decides when it is called: of two calls in one breath the first has it and the second is refused',
    needs: [],
    async run(make) {
      const lock = make();
      const first = visit(lock, 'first', { ifAvailable: true });
      const second = visit(lock, 'second', { ifAvailable: true });
      await quiet();
      expect(scene(first, second)).toEqual({ first: 'inside', second: 'rejected' });
      expect(second.reason).toMatchObject(UNAVAILABLE);
      first.leave();
      await quiet();
    },
  },
  {
    rule: 12,
    name: 'ifAvailable has the lock when the call returns: a request made right after it comes second',
    needs: [],
    async run(make) {
      const lock = make();
      const eager = visit(lock, 'eager', { ifAvailable: true });
      const second = visit(lock, 'second');
      await quiet();
      expect(scene(eager, second)).toEqual({ eager: 'inside', second: 'waiting' });
      eager.leave();
      second.leave();
      await quiet();
    },
  },
  {
    rule: 12,
    name: 'ifAvailable decides by what isLocked says in that very moment, at every step of a release',
    needs: ['isLocked'],
    async run(make) {
      for (let step = 0; step < 16; step++) {
        const lock = make();
        const { isLocked } = asks(lock, 'isLocked');
        const holder = visit(lock, 'holder');
        await quiet();
        holder.leave();
        await microtasks(step);
        const locked = isLocked();
        const eager = visit(lock, 'eager', { ifAvailable: true });
        await quiet();
        expect({ step, eager: eager.state }).toEqual({ step, eager: locked ? 'rejected' : 'inside' });
        eager.leave();
        await quiet();
      }
    },
  },
  {
    rule: 12,
    name: 'ifAvailable never waits: it is refused when held, although the lock becomes free in the same breath',
    needs: [],
    async run(make) {
      const lock = make();
      const holder = visit(lock, 'holder');
      await quiet();
      const eager = visit(lock, 'eager', { ifAvailable: true });
      holder.leave();
      await quiet();
      expect(scene(holder, eager)).toEqual({ holder: 'returned', eager: 'rejected' });
      expect(eager.reason).toMatchObject(UNAVAILABLE);
    },
  },
  {
    rule: 12,
    name: 'ifAvailable never slips in between a holder and the one who waits, at whatever step of the hand-over',
    needs: [],
    async run(make) {
      for (let step = 0; step < 24; step++) {
        const lock = make();
        const holder = visit(lock, 'holder');
        await quiet();
        const waiter = visit(lock, 'waiter');
        holder.leave();
        await microtasks(step);
        const eager = visit(lock, 'eager', { ifAvailable: true });
        await quiet();
        expect({ step, ...scene(waiter, eager) }).toEqual({ step, waiter: 'inside', eager: 'rejected' });
        waiter.leave();
        await quiet();
      }
    },
  },
  {
    rule: 12,
    name: 'ifAvailable inside a section asks about the siblings, not about the strangers',
    needs: [],
    async run(make) {
      const lock = make();
      const parent = visit(lock, 'parent');
      const stranger = visit(lock, 'stranger');
      await quiet();
      const [first, second] = parent.within(
        () =>
          [
            visit(lock, 'first', { ifAvailable: true }),
            visit(lock, 'second', { ifAvailable: true }),
          ] as const,
      );
      await quiet();
      expect(scene(first, second, stranger)).toEqual({
        first: 'inside',
        second: 'rejected',
        stranger: 'waiting',
      });
      first.leave();
      parent.leave();
      stranger.leave();
      await quiet();
    },
  },
];

const boundChecks: readonly Check[] = [
  {
    rule: 12,
    name: 'maxPending refuses the request that would be one too many, and lets one in again when one has left',
    needs: [],
    async run(make) {
      const lock = make({ maxPending: 2 });
      const holder = visit(lock, 'holder');
      const [first, second, third] = [visit(lock, 'first'), visit(lock, 'second'), visit(lock, 'third')];
      await quiet();
      expect(scene(holder, first, second, third)).toEqual({
        holder: 'inside',
        first: 'waiting',
        second: 'waiting',
        third: 'rejected',
      });
      expect(third.reason).toMatchObject(QUEUE_FULL);
      holder.leave();
      await quiet();
      const fourth = visit(lock, 'fourth');
      await quiet();
      expect(scene(first, second, fourth)).toEqual({ first: 'inside', second: 'waiting', fourth: 'waiting' });
      for (const visitor of [first, second, fourth]) visitor.leave();
      await quiet(12);
      expect(fourth.state).toBe('returned');
    },
  },
  {
    rule: 12,
    name: 'a request that left the queue by abort or timeout no longer counts against maxPending',
    needs: [],
    async run(make) {
      const lock = make({ maxPending: 1 });
      const control = new AbortController();
      const holder = visit(lock, 'holder');
      const aborted = visit(lock, 'aborted', { signal: control.signal });
      await quiet();
      control.abort();
      await quiet();
      const hasty = visit(lock, 'hasty', { timeoutMs: 5 });
      await pass(5);
      const patient = visit(lock, 'patient');
      await quiet();
      expect(scene(aborted, hasty, patient)).toEqual({
        aborted: 'rejected',
        hasty: 'rejected',
        patient: 'waiting',
      });
      expect(hasty.reason).toMatchObject(TIMEOUT);
      holder.leave();
      patient.leave();
      await quiet();
      expect(patient.state).toBe('returned');
    },
  },
];

/** Rule 12: a timeout bounds waiting, never holding; nothing is ever force-released. */
export const waitingChecks: readonly Check[] = [...timeoutChecks, ...ifAvailableChecks, ...boundChecks];
