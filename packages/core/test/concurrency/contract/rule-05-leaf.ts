import { expect } from '@jest/globals';
import { quiet, soon } from '../harness/turns.js';
import { visit } from '../harness/visit.js';
import { asks, type Check } from './check.js';

const NOT_OWNED = { code: 'ONEIRIC_LOCK_NOT_OWNED' };
const CHILD_ACTIVE = { code: 'ONEIRIC_LOCK_CHILD_ACTIVE' };

function thrownBy(fn: () => void): unknown {
  try {
    fn();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Rule 5: `assertLeaf()` catches a body that runs beside its own child. */
export const leafChecks: readonly Check[] = [
  {
    rule: 5,
    name: 'assertLeaf throws NOT_OWNED for a stranger, whether the lock is free or held',
    needs: ['assertLeaf'],
    async run(make) {
      const lock = make();
      const { assertLeaf } = asks(lock, 'assertLeaf');
      expect(thrownBy(assertLeaf)).toMatchObject(NOT_OWNED);
      const holder = visit(lock, 'holder');
      await quiet();
      expect(thrownBy(assertLeaf)).toMatchObject(NOT_OWNED);
      holder.leave();
      await quiet();
      expect(thrownBy(assertLeaf)).toMatchObject(NOT_OWNED);
    },
  },
  {
    rule: 5,
    name: 'assertLeaf passes in a body with no section of its own running, before and after one ran',
    needs: ['assertLeaf'],
    async run(make) {
      const lock = make();
      const { assertLeaf } = asks(lock, 'assertLeaf');
      const holder = visit(lock, 'holder');
      await quiet();
      expect(thrownBy(() => holder.within(assertLeaf))).toBeUndefined();
      const child = holder.within(() => visit(lock, 'child'));
      await quiet();
      child.leave();
      await quiet();
      expect(thrownBy(() => holder.within(assertLeaf))).toBeUndefined();
      holder.leave();
      await quiet();
    },
  },
  {
    rule: 5,
    name: 'assertLeaf throws CHILD_ACTIVE in every ancestor of a running section, and passes in that section',
    needs: ['assertLeaf'],
    async run(make) {
      const lock = make();
      const { assertLeaf } = asks(lock, 'assertLeaf');
      const parent = visit(lock, 'parent');
      await quiet();
      const child = parent.within(() => visit(lock, 'child'));
      await quiet();
      const grandchild = child.within(() => visit(lock, 'grandchild'));
      await quiet();
      expect(thrownBy(() => parent.within(assertLeaf))).toMatchObject(CHILD_ACTIVE);
      expect(thrownBy(() => child.within(assertLeaf))).toMatchObject(CHILD_ACTIVE);
      expect(thrownBy(() => grandchild.within(assertLeaf))).toBeUndefined();
      grandchild.leave();
      await quiet();
      expect(thrownBy(() => parent.within(assertLeaf))).toMatchObject(CHILD_ACTIVE);
      expect(thrownBy(() => child.within(assertLeaf))).toBeUndefined();
      child.leave();
      parent.leave();
      await quiet();
    },
  },
  {
    rule: 5,
    name: 'assertLeaf throws CHILD_ACTIVE while a section runs that its parent forked and did not wait for',
    needs: ['assertLeaf'],
    async run(make) {
      const lock = make();
      const { assertLeaf } = asks(lock, 'assertLeaf');
      const seen: unknown[] = [];
      const section = lock.run(async () => {
        const forked = lock.run(() => quiet(2));
        await quiet(1);
        seen.push(thrownBy(assertLeaf));
        await forked;
        seen.push(thrownBy(assertLeaf));
      });
      await soon(section, 12);
      expect(seen).toEqual([expect.objectContaining(CHILD_ACTIVE), undefined]);
    },
  },
  {
    rule: 5,
    name: 'assertLeaf throws NOT_OWNED in the context of a section that has ended, also while a stranger is inside',
    needs: ['assertLeaf'],
    async run(make) {
      const lock = make();
      const { assertLeaf } = asks(lock, 'assertLeaf');
      const gone = visit(lock, 'gone');
      await quiet();
      gone.leave();
      await quiet();
      const stranger = visit(lock, 'stranger');
      await quiet();
      expect(thrownBy(() => gone.within(assertLeaf))).toMatchObject(NOT_OWNED);
      stranger.leave();
      await quiet();
    },
  },
  {
    rule: 5,
    name: 'assertLeaf in the context of an ended child speaks for the parent that still lives',
    needs: ['assertLeaf'],
    async run(make) {
      const lock = make();
      const { assertLeaf } = asks(lock, 'assertLeaf');
      const parent = visit(lock, 'parent');
      await quiet();
      const gone = parent.within(() => visit(lock, 'gone'));
      await quiet();
      gone.leave();
      await quiet();
      expect(thrownBy(() => gone.within(assertLeaf))).toBeUndefined();
      const sibling = parent.within(() => visit(lock, 'sibling'));
      await quiet();
      expect(thrownBy(() => gone.within(assertLeaf))).toMatchObject(CHILD_ACTIVE);
      sibling.leave();
      parent.leave();
      await quiet();
    },
  },
];
