import { expect } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { quiet, soon } from '../harness/turns.js';
import { scene, visit } from '../harness/visit.js';
import { asks, type Check } from './check.js';

const who = new AsyncLocalStorage<string>();

/** Rule 2: ownership only through a callback, in the requester's own async context. */
export const ownershipChecks: readonly Check[] = [
  {
    rule: 2,
    name: "a queued body runs in its requester's async context, not in the releaser's",
    needs: [],
    async run(make) {
      const lock = make();
      const seen: (string | undefined)[] = [];
      const look = async () => {
        seen.push(who.getStore());
        await Promise.resolve();
        seen.push(who.getStore());
      };
      const holder = who.run('releaser', () => visit(lock, 'holder'));
      await quiet();
      const first = who.run('first', () => lock.run(look));
      const second = who.run('second', () => lock.run(look));
      const third = lock.run(look);
      who.run('releaser', () => holder.leave());
      await soon(Promise.all([first, second, third]), 20);
      expect(seen).toEqual(['first', 'first', 'second', 'second', undefined, undefined]);
    },
  },
  {
    rule: 2,
    name: "a body that starts at once runs in its requester's async context",
    needs: [],
    async run(make) {
      const lock = make();
      const seen = who.run('me', () => lock.run(() => who.getStore()));
      expect(await soon(seen)).toBe('me');
      expect(who.getStore()).toBeUndefined();
    },
  },
  {
    rule: 2,
    name: 'a queued body does not own what its releaser owned: it is no child of the section before it',
    needs: ['query'],
    async run(make) {
      const lock = make();
      const { query } = asks(lock, 'query');
      const holder = visit(lock, 'holder');
      await quiet();
      const rival = visit(lock, 'rival');
      holder.leave();
      await quiet();
      const stranger = visit(lock, 'stranger');
      await quiet();
      expect(scene(rival, stranger)).toEqual({ rival: 'inside', stranger: 'waiting' });
      expect(query().held.map(({ name }) => name)).toEqual(['rival']);
      rival.leave();
      stranger.leave();
      await quiet();
    },
  },
  {
    rule: 2,
    name: 'only the body owns the lock: neither the code beside the call nor the code after it does',
    needs: ['isHeldByCurrentContext'],
    async run(make) {
      const lock = make();
      const { isHeldByCurrentContext: held } = asks(lock, 'isHeldByCurrentContext');
      const seen: Record<string, boolean> = { before: held() };
      const done = lock.run(async () => {
        seen['atStart'] = held();
        await quiet();
        seen['afterAwait'] = held();
      });
      seen['beside'] = held();
      await quiet(2);
      seen['besideWhileHeld'] = held();
      await soon(done, 20);
      seen['after'] = held();
      expect(seen).toEqual({
        before: false,
        atStart: true,
        afterAwait: true,
        beside: false,
        besideWhileHeld: false,
        after: false,
      });
    },
  },
];
