import { expect } from '@jest/globals';
import { pass } from '../harness/virtual-time.js';
import { quiet, rejectionOf, soon } from '../harness/turns.js';
import { visit } from '../harness/visit.js';
import { asks, tree, type Check } from './check.js';

/** Rule 14: everything can be asked. */
export const questionChecks: readonly Check[] = [
  {
    rule: 14,
    name: 'query gives the holders as a tree and the waiters in order, by name',
    needs: ['query'],
    async run(make) {
      const lock = make();
      const { query } = asks(lock, 'query');
      const empty = { held: [], pending: [] };
      expect(query()).toMatchObject(empty);
      const parent = visit(lock, 'parent');
      await quiet();
      const child = parent.within(() => visit(lock, 'child'));
      const strangers = ['s1', 's2'].map((name) => visit(lock, name));
      await quiet();
      const grandchild = child.within(() => visit(lock, 'grandchild'));
      await quiet();
      expect(tree(query().held)).toEqual(['parent', ['child', ['grandchild']]]);
      expect(query().pending.map(({ name }) => name)).toEqual(['s1', 's2']);
      grandchild.leave();
      await quiet();
      expect(tree(query().held)).toEqual(['parent', ['child']]);
      child.leave();
      parent.leave();
      for (const visitor of strangers) visitor.leave();
      await quiet(12);
      expect(query()).toMatchObject(empty);
    },
  },
  {
    rule: 14,
    name: 'query names the waiters inside a section, too',
    needs: ['query'],
    async run(make) {
      const lock = make();
      const { query } = asks(lock, 'query');
      const parent = visit(lock, 'parent');
      await quiet();
      const stranger = visit(lock, 'stranger');
      const children = parent.within(() => ['c1', 'c2', 'c3'].map((name) => visit(lock, name)));
      await quiet();
      const waiting = query().pending.map(({ name }) => name);
      expect([...waiting].sort()).toEqual(['c2', 'c3', 'stranger']);
      expect(waiting.indexOf('c2')).toBeLessThan(waiting.indexOf('c3'));
      for (const visitor of [...children, parent, stranger]) visitor.leave();
      await quiet(12);
    },
  },
  {
    rule: 14,
    name: 'query tells how long each holder has been inside',
    needs: ['query'],
    async run(make) {
      const lock = make();
      const { query } = asks(lock, 'query');
      const parent = visit(lock, 'parent');
      await pass(30);
      const child = parent.within(() => visit(lock, 'child'));
      await pass(12);
      const [held] = query().held;
      expect(held).toMatchObject({
        name: 'parent',
        heldMs: 42,
        children: [{ name: 'child', heldMs: 12, children: [] }],
      });
      child.leave();
      parent.leave();
      await quiet();
    },
  },
  {
    rule: 14,
    name: 'query gives a picture of its moment: what happens later does not change it',
    needs: ['query'],
    async run(make) {
      const lock = make();
      const { query } = asks(lock, 'query');
      const holder = visit(lock, 'holder');
      const rival = visit(lock, 'rival');
      await quiet();
      const picture = query();
      const before = JSON.stringify(picture);
      holder.leave();
      rival.leave();
      await quiet();
      expect(JSON.stringify(picture)).toBe(before);
      expect(before).toContain('rival');
    },
  },
  {
    rule: 14,
    name: 'isLocked is false right after a release: in the continuation of the section that ended, and in a then of it',
    needs: ['isLocked'],
    async run(make) {
      const lock = make();
      const { isLocked } = asks(lock, 'isLocked');
      expect(isLocked()).toBe(false);
      for (const body of [() => isLocked(), async () => isLocked(), () => lock.run(() => isLocked())]) {
        const done = lock.run(body);
        const inThen = done.then(() => isLocked());
        const continuation = async () => ({ inside: await done, afterwards: isLocked() });
        expect({ ...(await soon(continuation())), inThen: await soon(inThen) }).toEqual({
          inside: true,
          afterwards: false,
          inThen: false,
        });
      }
    },
  },
  {
    rule: 14,
    name: 'the counters count grants, waits, timeouts and aborts, each once',
    needs: ['query'],
    async run(make) {
      const lock = make();
      const { query } = asks(lock, 'query');
      const zero = { acquired: 0, contended: 0, timedOut: 0, aborted: 0, deadlocks: 0 };
      expect(query().counters).toMatchObject(zero);
      await soon(lock.run(() => 'uncontended'));
      expect(query().counters).toMatchObject({ ...zero, acquired: 1 });
      const control = new AbortController();
      const holder = visit(lock, 'holder');
      const waiter = visit(lock, 'waiter');
      const aborted = visit(lock, 'aborted', { signal: control.signal });
      const hasty = visit(lock, 'hasty', { timeoutMs: 5 });
      await pass(5);
      control.abort();
      holder.leave();
      waiter.leave();
      await quiet();
      expect([aborted.state, hasty.state]).toEqual(['rejected', 'rejected']);
      expect(query().counters).toMatchObject({
        acquired: 3,
        contended: 3,
        timedOut: 1,
        aborted: 1,
        deadlocks: 0,
      });
    },
  },
  {
    rule: 14,
    name: 'a section inside another counts as an acquisition, and as contended only when it had to wait',
    needs: ['query'],
    async run(make) {
      const lock = make();
      const { query } = asks(lock, 'query');
      await soon(lock.run(() => lock.run(() => 'inner')));
      expect(query().counters).toMatchObject({ acquired: 2, contended: 0 });
      await soon(
        lock.run(() => Promise.all([lock.run(() => quiet(1)), lock.run(() => quiet(1))])),
        12,
      );
      expect(query().counters).toMatchObject({ acquired: 5, contended: 1 });
    },
  },
  {
    rule: 14,
    name: 'each failure is a fresh error with a stack of its own',
    needs: [],
    async run(make) {
      const lock = make({ maxPending: 2 });
      const holder = visit(lock, 'holder');
      await quiet();
      const unavailable = await Promise.all(
        [1, 2].map(() => rejectionOf(lock.run(() => undefined, { ifAvailable: true }))),
      );
      const hasty = [1, 2].map((n) => visit(lock, `hasty ${n}`, { timeoutMs: 5 }));
      const full = await Promise.all([1, 2].map(() => rejectionOf(lock.run(() => undefined))));
      await pass(5);
      const errors = [...unavailable, ...full, ...hasty.map(({ reason }) => reason)];
      expect(new Set(errors).size).toBe(6);
      for (const error of errors) {
        expect(error).toBeInstanceOf(Error);
        expect((error as Error).stack).toContain((error as Error).message.split('\n')[0]);
      }
      holder.leave();
      await quiet();
    },
  },
  {
    rule: 14,
    name: 'a long-hold event tells of a section that stays longer than longHoldMs, once, and changes nothing',
    needs: ['on'],
    async run(make) {
      const lock = make({ longHoldMs: 100 });
      const { on } = asks(lock, 'on');
      const heard: unknown[] = [];
      on('long-hold', (event) => void heard.push(event));
      const brief = visit(lock, 'brief');
      await pass(99);
      brief.leave();
      await pass(50);
      expect(heard).toEqual([]);
      const long = visit(lock, 'long');
      const rival = visit(lock, 'rival');
      await pass(100);
      expect(heard.length).toBe(1);
      expect(JSON.stringify(heard)).toContain('long');
      expect([long.state, rival.state]).toEqual(['inside', 'waiting']);
      long.leave();
      rival.leave();
      await quiet();
    },
  },
  {
    rule: 14,
    name: 'a listener that was disposed hears nothing more, and one that throws harms nobody',
    needs: ['on'],
    async run(make) {
      const lock = make();
      const { on } = asks(lock, 'on');
      const heard: string[] = [];
      const first = on('orphan-running', () => void heard.push('first'));
      on('orphan-running', () => {
        throw new Error('a listener failed');
      });
      on('orphan-running', () => void heard.push('last'));
      const orphan = async () => {
        const parent = visit(lock, 'parent');
        await quiet();
        const child = parent.within(() => visit(lock, 'child'));
        await quiet();
        parent.leave();
        await quiet();
        child.leave();
        await quiet();
        return [parent.state, child.state];
      };
      expect(await orphan()).toEqual(['returned', 'returned']);
      expect(heard).toEqual(['first', 'last']);
      first[Symbol.dispose]();
      first[Symbol.dispose]();
      expect(await orphan()).toEqual(['returned', 'returned']);
      expect(heard).toEqual(['first', 'last', 'last']);
    },
  },
];
