import { expect } from '@jest/globals';
import { passAtOnce } from '../harness/virtual-time.js';
import { quiet, rejectionOf, soon } from '../harness/turns.js';
import { scene, visit } from '../harness/visit.js';
import { asks, tree, type Check } from './check.js';

/** Rule 7: the lock is handed over only when the whole subtree is out. */
export const subtreeChecks: readonly Check[] = [
  {
    rule: 7,
    name: 'a parent settles at once although a child is still inside, and only the hand-over waits',
    needs: [],
    async run(make) {
      const lock = make();
      const parent = visit(lock, 'parent');
      await quiet();
      const child = parent.within(() => visit(lock, 'child'));
      const rival = visit(lock, 'rival');
      await quiet();
      parent.leave();
      await quiet(20);
      expect(scene(parent, child, rival)).toEqual({ parent: 'returned', child: 'inside', rival: 'waiting' });
      child.leave();
      await quiet();
      expect(scene(child, rival)).toEqual({ child: 'returned', rival: 'inside' });
      rival.leave();
      await quiet();
    },
  },
  {
    rule: 7,
    name: 'a grandchild keeps the lock after its parent and its grandparent have settled',
    needs: ['isLocked', 'query'],
    async run(make) {
      const lock = make();
      const { isLocked, query } = asks(lock, 'isLocked', 'query');
      const parent = visit(lock, 'parent');
      await quiet();
      const child = parent.within(() => visit(lock, 'child'));
      await quiet();
      const grandchild = child.within(() => visit(lock, 'grandchild'));
      const rival = visit(lock, 'rival');
      await quiet();
      child.leave();
      parent.leave();
      await quiet();
      expect(scene(parent, child, grandchild, rival)).toEqual({
        parent: 'returned',
        child: 'returned',
        grandchild: 'inside',
        rival: 'waiting',
      });
      expect(isLocked()).toBe(true);
      expect(JSON.stringify(tree(query().held))).toContain('grandchild');
      grandchild.leave();
      await quiet();
      expect(rival.state).toBe('inside');
      rival.leave();
      await quiet();
    },
  },
  {
    rule: 7,
    name: 'children that still wait when their parent settles run one level up, in their order, and none is lost',
    needs: [],
    async run(make) {
      const lock = make();
      const granted: string[] = [];
      const parent = visit(lock, 'parent', {}, granted);
      await quiet();
      const child = parent.within(() => visit(lock, 'child', {}, granted));
      const queued = parent.within(() => ['q1', 'q2', 'q3'].map((name) => visit(lock, name, {}, granted)));
      await quiet();
      parent.leave();
      await quiet();
      expect(scene(parent, child, ...queued)).toEqual({
        parent: 'returned',
        child: 'inside',
        q1: 'waiting',
        q2: 'waiting',
        q3: 'waiting',
      });
      child.leave();
      await quiet();
      for (const [index, visitor] of queued.entries()) {
        expect(queued.map(({ state }) => state)).toEqual(
          queued.map((_, other) => (other < index ? 'returned' : other === index ? 'inside' : 'waiting')),
        );
        visitor.leave();
        await quiet();
      }
      expect(granted).toEqual(['parent', 'child', 'q1', 'q2', 'q3']);
    },
  },
  {
    rule: 7,
    name: 'children that move up to a grandparent that still lives stay inside it, before any stranger',
    needs: [],
    async run(make) {
      const lock = make();
      const top = visit(lock, 'top');
      await quiet();
      const stranger = visit(lock, 'stranger');
      const middle = top.within(() => visit(lock, 'middle'));
      await quiet();
      const inside = middle.within(() => visit(lock, 'inside'));
      const queued = middle.within(() => visit(lock, 'queued'));
      await quiet();
      middle.leave();
      inside.leave();
      await quiet();
      expect(scene(top, middle, inside, queued, stranger)).toEqual({
        top: 'inside',
        middle: 'returned',
        inside: 'returned',
        queued: 'inside',
        stranger: 'waiting',
      });
      top.leave();
      await quiet();
      expect(stranger.state).toBe('waiting');
      queued.leave();
      await quiet();
      expect(stranger.state).toBe('inside');
      stranger.leave();
      await quiet();
    },
  },
  {
    rule: 7,
    name: 'a child that moved up can still be aborted, and can still time out',
    needs: [],
    async run(make) {
      const lock = make();
      const parent = visit(lock, 'parent');
      await quiet();
      const control = new AbortController();
      const child = parent.within(() => visit(lock, 'child'));
      const aborted = parent.within(() => visit(lock, 'aborted', { signal: control.signal }));
      const late = parent.within(() => visit(lock, 'late', { timeoutMs: 100 }));
      const patient = parent.within(() => visit(lock, 'patient'));
      await quiet();
      parent.leave();
      await quiet();
      control.abort(new Error('no longer wanted'));
      passAtOnce(100);
      await quiet();
      expect(scene(aborted, late, patient)).toEqual({
        aborted: 'rejected',
        late: 'rejected',
        patient: 'waiting',
      });
      expect(aborted.reason).toBe(control.signal.reason);
      expect(late.reason).toMatchObject({ code: 'ONEIRIC_LOCK_TIMEOUT' });
      child.leave();
      await quiet();
      expect(patient.state).toBe('inside');
      patient.leave();
      await quiet();
    },
  },
  {
    rule: 7,
    name: 'a child that was forked and never waited for runs, whether its parent returns at once or throws',
    needs: [],
    async run(make) {
      const lock = make();
      const ran: string[] = [];
      await soon(
        lock.run(() => {
          void lock.run(() => void ran.push('first'));
          void lock.run(() => void ran.push('second'));
        }),
      );
      const failed = lock.run(() => {
        void lock.run(() => void ran.push('third'));
        void lock.run(() => void ran.push('fourth'));
        throw new Error('the parent failed');
      });
      expect(await rejectionOf(failed)).toEqual(new Error('the parent failed'));
      expect(ran).toEqual(['first', 'second', 'third', 'fourth']);
    },
  },
  {
    rule: 7,
    name: 'an orphan-running event says that a parent settled before its child, and only then',
    needs: ['on'],
    async run(make) {
      const lock = make();
      const { on } = asks(lock, 'on');
      let events = 0;
      on('orphan-running', () => events++);
      const parent = visit(lock, 'parent');
      await quiet();
      const child = parent.within(() => visit(lock, 'child'));
      await quiet();
      child.leave();
      await quiet();
      const orphan = parent.within(() => visit(lock, 'orphan'));
      await quiet();
      expect(events).toBe(0);
      parent.leave();
      await quiet();
      expect(events).toBe(1);
      orphan.leave();
      await quiet();
      expect(events).toBe(1);
    },
  },
  {
    rule: 7,
    name: 'with strict: true a parent that settles before its child is rejected with ONEIRIC_LOCK_ORPHANED, at once',
    needs: ['on'],
    async run(make) {
      const lock = make({ strict: true });
      const parent = visit(lock, 'parent');
      await quiet();
      const child = parent.within(() => visit(lock, 'child'));
      const rival = visit(lock, 'rival');
      await quiet();
      parent.leave();
      await quiet();
      expect(scene(parent, child, rival)).toEqual({ parent: 'rejected', child: 'inside', rival: 'waiting' });
      expect(parent.reason).toMatchObject({ code: 'ONEIRIC_LOCK_ORPHANED' });
      child.leave();
      await quiet();
      expect(scene(child, rival)).toEqual({ child: 'returned', rival: 'inside' });
      rival.leave();
      await quiet();
    },
  },
  {
    rule: 7,
    name: 'with strict: true a parent that waits for its children is not rejected',
    needs: ['on'],
    async run(make) {
      const lock = make({ strict: true });
      const value = lock.run(async () => (await Promise.all([1, 2, 3].map((n) => lock.run(() => n)))).length);
      expect(await soon(value)).toBe(3);
    },
  },
];
