import { expect } from '@jest/globals';
import { Occupancy } from '../harness/occupancy.js';
import { microtasks, quiet, soon } from '../harness/turns.js';
import { scene, visit } from '../harness/visit.js';
import type { Check } from './check.js';

/** Rule 4: siblings of one frame exclude each other, first come first served, and strangers stay out. */
export const siblingChecks: readonly Check[] = [
  {
    rule: 4,
    name: 'three children forked by one holder never overlap and run in the order in which they asked',
    needs: [],
    async run(make) {
      const lock = make();
      const room = new Occupancy();
      const children = lock.run(() => Promise.all(['a', 'b', 'c'].map((name) => lock.run(room.body(name)))));
      await soon(children, 40);
      expect({ order: room.order, peak: room.peak }).toEqual({ order: ['a', 'b', 'c'], peak: 1 });
    },
  },
  {
    rule: 4,
    name: 'a parked sibling stays parked for as long as its elder is inside',
    needs: [],
    async run(make) {
      const lock = make();
      const parent = visit(lock, 'parent');
      await quiet();
      const [elder, younger] = parent.within(() => [visit(lock, 'elder'), visit(lock, 'younger')] as const);
      await quiet(50);
      expect(scene(elder, younger)).toEqual({ elder: 'inside', younger: 'waiting' });
      elder.leave();
      await quiet();
      expect(scene(elder, younger)).toEqual({ elder: 'returned', younger: 'inside' });
      younger.leave();
      parent.leave();
      await quiet();
    },
  },
  {
    rule: 4,
    name: 'strangers stay out while children come and go, until the parent is out',
    needs: [],
    async run(make) {
      const lock = make();
      const parent = visit(lock, 'parent');
      await quiet();
      const stranger = visit(lock, 'stranger');
      for (const name of ['first', 'second', 'third']) {
        const child = parent.within(() => visit(lock, name));
        await quiet();
        expect(scene(child, stranger)).toEqual({ [name]: 'inside', stranger: 'waiting' });
        child.leave();
        await quiet();
        expect(scene(child, stranger)).toEqual({ [name]: 'returned', stranger: 'waiting' });
      }
      parent.leave();
      await quiet();
      expect(stranger.state).toBe('inside');
      stranger.leave();
      await quiet();
    },
  },
  {
    rule: 4,
    name: 'the children of two siblings never overlap: a fork of forks runs depth first',
    needs: [],
    async run(make) {
      const lock = make();
      const room = new Occupancy();
      const fork = (name: string, depth: number): Promise<unknown> =>
        lock.run<unknown>(() =>
          depth === 0
            ? room.body(name)()
            : Promise.all(['1', '2', '3'].map((branch) => fork(`${name}${branch}`, depth - 1))),
        );
      await soon(fork('', 3), 300);
      const branches = ['1', '2', '3'];
      const leaves = branches.flatMap((a) => branches.flatMap((b) => branches.map((c) => a + b + c)));
      expect({ order: room.order, peak: room.peak }).toEqual({ order: leaves, peak: 1 });
    },
  },
  {
    rule: 4,
    name: 'a child of one sibling is no sibling of the next: the next waits until the whole branch is out',
    needs: [],
    async run(make) {
      const lock = make();
      const parent = visit(lock, 'parent');
      await quiet();
      const elder = parent.within(() => visit(lock, 'elder'));
      const younger = parent.within(() => visit(lock, 'younger'));
      await quiet();
      const grandchild = elder.within(() => visit(lock, 'grandchild'));
      const late = elder.within(() => visit(lock, 'late'));
      await quiet();
      expect(scene(elder, younger, grandchild, late)).toEqual({
        elder: 'inside',
        younger: 'waiting',
        grandchild: 'inside',
        late: 'waiting',
      });
      for (const done of [grandchild, late]) {
        done.leave();
        await quiet();
        expect(younger.state).toBe('waiting');
      }
      elder.leave();
      await quiet();
      expect(younger.state).toBe('inside');
      younger.leave();
      parent.leave();
      await quiet();
    },
  },
  {
    rule: 4,
    name: 'no newcomer among siblings overtakes a waiting one, at whatever step of the hand-over it asks',
    needs: [],
    async run(make) {
      for (let step = 0; step < 24; step++) {
        const lock = make();
        const granted: string[] = [];
        const parent = visit(lock, 'parent');
        await quiet();
        const elder = parent.within(() => visit(lock, 'elder', {}, granted));
        await quiet();
        const waiter = parent.within(() => visit(lock, 'waiter', {}, granted));
        elder.leave();
        await microtasks(step);
        const newcomer = parent.within(() => visit(lock, 'newcomer', {}, granted));
        await quiet();
        expect({ step, ...scene(waiter, newcomer) }).toEqual({ step, waiter: 'inside', newcomer: 'waiting' });
        for (const visitor of [waiter, newcomer, parent]) visitor.leave();
        await quiet();
        expect({ step, granted }).toEqual({ step, granted: ['elder', 'waiter', 'newcomer'] });
      }
    },
  },
];
