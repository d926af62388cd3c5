import { expect } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { microtasks, quiet, rejectionOf, soon } from '../harness/turns.js';
import { scene, visit } from '../harness/visit.js';
import { asks, type Check } from './check.js';

const listenersOf = (control: AbortController): number => getEventListeners(control.signal, 'abort').length;

/** Rule 11: a request can be aborted while it waits, and not afterwards. */
export const abortChecks: readonly Check[] = [
  {
    rule: 11,
    name: 'an aborted waiter is removed at once and rejected with the very reason of its signal',
    needs: ['query'],
    async run(make) {
      const lock = make();
      const { query } = asks(lock, 'query');
      for (const reason of [new Error('changed my mind'), 'a string', 0]) {
        const control = new AbortController();
        const holder = visit(lock, 'holder');
        const aborted = visit(lock, 'aborted', { signal: control.signal });
        const rival = visit(lock, 'rival');
        await quiet();
        control.abort(reason);
        expect(query().pending.map(({ name }) => name)).toEqual(['rival']);
        await quiet();
        expect(scene(holder, aborted, rival)).toEqual({
          holder: 'inside',
          aborted: 'rejected',
          rival: 'waiting',
        });
        expect(aborted.reason).toBe(reason);
        holder.leave();
        await quiet();
        expect(scene(aborted, rival)).toEqual({ aborted: 'rejected', rival: 'inside' });
        rival.leave();
        await quiet();
      }
    },
  },
  {
    rule: 11,
    name: 'a request whose signal is aborted already is rejected with its reason, and its body never starts',
    needs: [],
    async run(make) {
      const lock = make();
      const signal = AbortSignal.abort(new Error('too late'));
      let started = false;
      const refused = lock.run(() => void (started = true), { signal });
      expect(await rejectionOf(refused)).toBe(signal.reason);
      expect(started).toBe(false);
      expect(await soon(lock.run(() => 'free'))).toBe('free');
    },
  },
  {
    rule: 11,
    name: 'an aborted waiter anywhere in the queue wakes its neighbours in their order',
    needs: [],
    async run(make) {
      for (const doomed of [[0], [1], [3], [0, 1], [1, 3], [0, 1, 2, 3]]) {
        const lock = make();
        const granted: string[] = [];
        const holder = visit(lock, 'holder');
        const waiters = [0, 1, 2, 3].map((index) => {
          const control = new AbortController();
          return { index, control, visitor: visit(lock, `w${index}`, { signal: control.signal }, granted) };
        });
        await quiet();
        for (const { index, control } of waiters) if (doomed.includes(index)) control.abort();
        holder.leave();
        for (const { visitor } of waiters) visitor.leave();
        await quiet(12);
        const survivors = waiters
          .filter(({ index }) => !doomed.includes(index))
          .map(({ visitor }) => visitor.name);
        expect({ doomed, granted }).toEqual({ doomed, granted: survivors });
      }
    },
  },
  {
    rule: 11,
    name: 'one signal aborts all requests that carry it, and only those',
    needs: [],
    async run(make) {
      const lock = make();
      const control = new AbortController();
      const holder = visit(lock, 'holder');
      const doomed = ['d1', 'd2', 'd3'].map((name) => visit(lock, name, { signal: control.signal }));
      const rival = visit(lock, 'rival');
      await quiet();
      control.abort();
      await quiet();
      expect(scene(...doomed, rival)).toEqual({
        d1: 'rejected',
        d2: 'rejected',
        d3: 'rejected',
        rival: 'waiting',
      });
      holder.leave();
      rival.leave();
      await quiet();
      expect(rival.state).toBe('returned');
    },
  },
  {
    rule: 11,
    name: 'at whatever step of the grant the signal is aborted, the body runs wholly or never starts, and the next is let in',
    needs: [],
    async run(make) {
      for (const before of [true, false]) {
        for (let step = 0; step < 16; step++) {
          const lock = make();
          const control = new AbortController();
          const holder = visit(lock, 'holder');
          await quiet();
          let progress = 'not started';
          const request = lock.run(
            async () => {
              progress = 'started';
              await microtasks(3);
              progress = 'finished';
              return 'value';
            },
            { signal: control.signal },
          );
          const ending = request.then(
            (value) => value,
            (reason: unknown) => reason,
          );
          const next = visit(lock, 'next');
          const abort = async () => {
            await microtasks(step);
            control.abort(new Error('aborted'));
          };
          if (before) {
            const aborting = abort();
            holder.leave();
            await aborting;
          } else {
            holder.leave();
            await abort();
          }
          await quiet();
          const came = await ending;
          expect({ before, step, progress, came }).toEqual(
            progress === 'finished'
              ? { before, step, progress, came: 'value' }
              : { before, step, progress: 'not started', came: control.signal.reason as unknown },
          );
          expect({ before, step, next: next.state }).toEqual({ before, step, next: 'inside' });
          next.leave();
          await quiet();
        }
      }
    },
  },
  {
    rule: 11,
    name: 'an abort after the start changes nothing for the lock, and the body was given the signal',
    needs: [],
    async run(make) {
      const lock = make();
      const control = new AbortController();
      const holder = visit(lock, 'holder', { signal: control.signal });
      const rival = visit(lock, 'rival');
      await quiet();
      expect(holder.signal).toBe(control.signal);
      control.abort();
      await quiet();
      expect(scene(holder, rival)).toEqual({ holder: 'inside', rival: 'waiting' });
      expect(rival.signal).toBeUndefined();
      holder.leave();
      await quiet();
      expect(scene(holder, rival)).toEqual({ holder: 'returned', rival: 'inside' });
      rival.leave();
      await quiet();
    },
  },
  {
    rule: 11,
    name: 'a signal keeps no listener of the lock, whether its request was granted, aborted, refused or timed out',
    needs: [],
    async run(make) {
      const lock = make({ maxPending: 2 });
      const control = new AbortController();
      const { signal } = control;
      await soon(lock.run(() => 'uncontended', { signal }));
      expect(listenersOf(control)).toBe(0);
      const holder = visit(lock, 'holder', { signal });
      await quiet();
      await rejectionOf(lock.run(() => 'unavailable', { signal, ifAvailable: true }));
      const waiter = visit(lock, 'waiter', { signal });
      const full = [visit(lock, 'x', { signal }), visit(lock, 'y', { signal })];
      await quiet();
      expect(full.map(({ state }) => state)).toContain('rejected');
      holder.leave();
      waiter.leave();
      for (const visitor of full) visitor.leave();
      await quiet(12);
      expect(listenersOf(control)).toBe(0);
      const second = visit(lock, 'second');
      const aborted = visit(lock, 'aborted', { signal });
      await quiet();
      control.abort();
      await quiet();
      expect({ aborted: aborted.state, listeners: listenersOf(control) }).toEqual({
        aborted: 'rejected',
        listeners: 0,
      });
      second.leave();
      await quiet();
    },
  },
  {
    rule: 11,
    name: 'a waiter inside a section can be aborted: the section lives on and lets the next sibling in',
    needs: [],
    async run(make) {
      const lock = make();
      const control = new AbortController();
      const parent = visit(lock, 'parent');
      await quiet();
      const elder = parent.within(() => visit(lock, 'elder'));
      const aborted = parent.within(() => visit(lock, 'aborted', { signal: control.signal }));
      const younger = parent.within(() => visit(lock, 'younger'));
      await quiet();
      control.abort();
      await quiet();
      expect(scene(elder, aborted, younger)).toEqual({
        elder: 'inside',
        aborted: 'rejected',
        younger: 'waiting',
      });
      elder.leave();
      await quiet();
      expect(scene(parent, elder, younger)).toEqual({
        parent: 'inside',
        elder: 'returned',
        younger: 'inside',
      });
      younger.leave();
      parent.leave();
      await quiet();
    },
  },
];
