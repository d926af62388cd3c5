import { expect } from '@jest/globals';
import { quiet, soon } from '../harness/turns.js';
import { scene, visit } from '../harness/visit.js';
import type { Check } from './check.js';

/** Rule 3: re-entry at any depth, across awaits. */
export const reEntryChecks: readonly Check[] = [
  {
    rule: 3,
    name: 'fifty sections inside one another complete, with awaits on the way in and out',
    needs: [],
    async run(make) {
      const lock = make();
      const descend = async (depth: number): Promise<number> => {
        await Promise.resolve();
        if (depth === 0) return 0;
        const below = await lock.run(() => descend(depth - 1));
        await new Promise<void>((resolve) => setImmediate(resolve));
        return below + 1;
      };
      expect(await soon(descend(50), 120)).toBe(50);
    },
  },
  {
    rule: 3,
    name: 'a section inside another runs although strangers wait before it',
    needs: [],
    async run(make) {
      const lock = make();
      const holder = visit(lock, 'holder');
      await quiet();
      const stranger = visit(lock, 'stranger');
      await quiet();
      const inner = holder.within(() => visit(lock, 'inner'));
      await quiet();
      expect(scene(holder, stranger, inner)).toEqual({
        holder: 'inside',
        stranger: 'waiting',
        inner: 'inside',
      });
      inner.leave();
      await quiet();
      expect(scene(holder, stranger, inner)).toEqual({
        holder: 'inside',
        stranger: 'waiting',
        inner: 'returned',
      });
      holder.leave();
      stranger.leave();
      await quiet();
      expect(stranger.state).toBe('returned');
    },
  },
  {
    rule: 3,
    name: 'a section can be entered again and again from the same body, and gives what its body returned',
    needs: [],
    async run(make) {
      const lock = make();
      const sum = lock.run(async () => {
        let total = 0;
        for (let turn = 1; turn <= 10; turn++) total += await lock.run(() => turn);
        return total;
      });
      expect(await soon(sum, 20)).toBe(55);
    },
  },
];
