import { expect } from '@jest/globals';
import { Occupancy } from '../harness/occupancy.js';
import { microtasks, quiet, soon } from '../harness/turns.js';
import { scene, visit } from '../harness/visit.js';
import { asks, type Check } from './check.js';

/** Rule 1: exclusion, direct FIFO hand-off, no barging. */
export const exclusionChecks: readonly Check[] = [
  {
    rule: 1,
    name: 'five tasks never overlap and run in the order in which they asked',
    needs: [],
    async run(make) {
      const lock = make();
      const room = new Occupancy();
      const names = ['1', '2', '3', '4', '5'];
      await soon(Promise.all(names.map((name) => lock.run(room.body(name)))), 40);
      expect({ order: room.order, peak: room.peak }).toEqual({ order: names, peak: 1 });
    },
  },
  {
    rule: 1,
    name: 'a parked rival stays parked for as long as the holder is inside',
    needs: [],
    async run(make) {
      const lock = make();
      const holder = visit(lock, 'holder');
      const rival = visit(lock, 'rival');
      await quiet(50);
      expect(scene(holder, rival)).toEqual({ holder: 'inside', rival: 'waiting' });
      holder.leave();
      await quiet();
      expect(scene(holder, rival)).toEqual({ holder: 'returned', rival: 'inside' });
      rival.leave();
      await quiet();
    },
  },
  {
    rule: 1,
    name: 'a tight loop that takes the lock again and again lets a stranger in by its second turn',
    needs: [],
    async run(make) {
      const lock = make();
      const order: string[] = [];
      const note = (name: string) => () => void order.push(name);
      const loop = (async () => {
        for (let turn = 1; turn <= 5; turn++) await lock.run(note(`loop ${turn}`));
      })();
      const stranger = lock.run(note('stranger'));
      await soon(Promise.all([loop, stranger]), 40);
      expect(order).toEqual(['loop 1', 'stranger', 'loop 2', 'loop 3', 'loop 4', 'loop 5']);
    },
  },
  {
    rule: 1,
    name: 'two tight loops take turns',
    needs: [],
    async run(make) {
      const lock = make();
      const order: string[] = [];
      const loop = async (name: string) => {
        for (let turn = 1; turn <= 4; turn++) await lock.run(() => void order.push(name));
      };
      await soon(Promise.all([loop('a'), loop('b')]), 40);
      expect(order.join('')).toBe('abababab');
    },
  },
  {
    rule: 1,
    name: 'no newcomer overtakes a waiter, at whatever step of the hand-over it asks',
    needs: [],
    async run(make) {
      for (let step = 0; step < 24; step++) {
        const lock = make();
        const granted: string[] = [];
        const holder = visit(lock, 'holder', {}, granted);
        await quiet();
        const waiter = visit(lock, 'waiter', {}, granted);
        holder.leave();
        await microtasks(step);
        const newcomer = visit(lock, 'newcomer', {}, granted);
        await quiet();
        expect({ step, ...scene(holder, waiter, newcomer) }).toEqual({
          step,
          holder: 'returned',
          waiter: 'inside',
          newcomer: 'waiting',
        });
        waiter.leave();
        newcomer.leave();
        await quiet();
        expect({ step, granted }).toEqual({ step, granted: ['holder', 'waiter', 'newcomer'] });
      }
    },
  },
  {
    rule: 1,
    name: 'requests made at every step of a busy run are granted in the order in which they were made',
    needs: [],
    async run(make) {
      const lock = make();
      const room = new Occupancy();
      const asked: string[] = [];
      const all: Promise<void>[] = [];
      for (let step = 0; step < 40; step++) {
        const name = String(step);
        asked.push(name);
        all.push(
          lock.run(async () => {
            room.order.push(name);
            await microtasks(step % 3);
          }),
        );
        await microtasks(step % 4);
      }
      await soon(Promise.all(all), 60);
      expect(room.order).toEqual(asked);
    },
  },
  {
    rule: 1,
    name: 'the lock is never seen free between two sections when somebody was waiting',
    needs: ['isLocked'],
    async run(make) {
      const lock = make();
      const { isLocked } = asks(lock, 'isLocked');
      const holder = visit(lock, 'holder');
      await quiet();
      const next = visit(lock, 'next');
      const last = visit(lock, 'last');
      const seen: boolean[] = [];
      holder.leave();
      for (let step = 0; step < 24; step++) {
        seen.push(isLocked());
        await microtasks(1);
      }
      next.leave();
      for (let step = 0; step < 24; step++) {
        seen.push(isLocked());
        await microtasks(1);
      }
      expect(seen).not.toContain(false);
      last.leave();
      await quiet();
      expect(isLocked()).toBe(false);
    },
  },
];
