import { expect } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { quiet, soon } from '../harness/turns.js';
import { scene, visit } from '../harness/visit.js';
import { asks, type Check } from './check.js';

const foreign = new AsyncLocalStorage<string>();

/** Rule 9: `detach(fn)` runs `fn` as a stranger to this lock only. */
export const detachChecks: readonly Check[] = [
  {
    rule: 9,
    name: 'detach gives what its function returned, and throws what it threw',
    needs: ['detach'],
    async run(make) {
      const { detach } = asks(make(), 'detach');
      const value = {};
      const failure = new Error('inside detach');
      expect(detach(() => value)).toBe(value);
      expect(() =>
        detach(() => {
          throw failure;
        }),
      ).toThrow(failure);
    },
  },
  {
    rule: 9,
    name: 'a request made in detach waits like a stranger, while one made beside it enters',
    needs: ['detach'],
    async run(make) {
      const lock = make();
      const { detach } = asks(lock, 'detach');
      const holder = visit(lock, 'holder');
      await quiet();
      const detached = holder.within(() => detach(() => visit(lock, 'detached')));
      const child = holder.within(() => visit(lock, 'child'));
      await quiet();
      expect(scene(detached, child)).toEqual({ detached: 'waiting', child: 'inside' });
      child.leave();
      holder.leave();
      await quiet();
      expect(detached.state).toBe('inside');
      detached.leave();
      await quiet();
    },
  },
  {
    rule: 9,
    name: 'what detach started stays detached across awaits, and the caller still owns the lock after it',
    needs: ['detach', 'isHeldByCurrentContext'],
    async run(make) {
      const lock = make();
      const { detach, isHeldByCurrentContext: held } = asks(lock, 'detach', 'isHeldByCurrentContext');
      const seen = lock.run(async () => {
        const before = held();
        const inside = detach(async () => {
          const atStart = held();
          await quiet(1);
          return [atStart, held()];
        });
        const beside = held();
        return { before, inside: await inside, beside, after: held() };
      });
      expect(await soon(seen)).toEqual({ before: true, inside: [false, false], beside: true, after: true });
    },
  },
  {
    rule: 9,
    name: 'a detached request re-enters its own section, not the one that it was detached from',
    needs: ['detach', 'isHeldByCurrentContext'],
    async run(make) {
      const lock = make();
      const { detach, isHeldByCurrentContext: held } = asks(lock, 'detach', 'isHeldByCurrentContext');
      const holder = visit(lock, 'holder');
      await quiet();
      const detached = holder.within(() => detach(() => visit(lock, 'detached')));
      holder.leave();
      await quiet();
      expect([holder.within(held), detached.within(held)]).toEqual([false, true]);
      const inner = detached.within(() => visit(lock, 'inner'));
      await quiet();
      expect(inner.state).toBe('inside');
      inner.leave();
      detached.leave();
      await quiet();
    },
  },
  {
    rule: 9,
    name: 'detach leaves the ownership of every other lock and all foreign context as they were',
    needs: ['detach', 'isHeldByCurrentContext'],
    async run(make) {
      const [one, other] = [make({ name: 'one' }), make({ name: 'other' })];
      const [a, b] = [
        asks(one, 'detach', 'isHeldByCurrentContext'),
        asks(other, 'detach', 'isHeldByCurrentContext'),
      ];
      const look = async () => {
        await Promise.resolve();
        return [a.isHeldByCurrentContext(), b.isHeldByCurrentContext(), foreign.getStore()];
      };
      for (const [outer, inner] of [
        [one, other],
        [other, one],
      ] as const) {
        const seen = foreign.run('mine', () =>
          outer.run(() =>
            inner.run(async () => [
              await a.detach(look),
              await b.detach(look),
              await a.detach(() => b.detach(look)),
            ]),
          ),
        );
        expect(await soon(seen)).toEqual([
          [false, true, 'mine'],
          [true, false, 'mine'],
          [false, false, 'mine'],
        ]);
      }
    },
  },
  {
    rule: 9,
    name: 'detach where nothing is held runs its function as it is',
    needs: ['detach', 'isHeldByCurrentContext'],
    async run(make) {
      const lock = make();
      const { detach, isHeldByCurrentContext: held } = asks(lock, 'detach', 'isHeldByCurrentContext');
      expect(detach(held)).toBe(false);
      expect(await soon(detach(() => lock.run(held)))).toBe(true);
    },
  },
];
