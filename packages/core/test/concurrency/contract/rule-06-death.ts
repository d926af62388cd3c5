import { expect } from '@jest/globals';
import { AsyncResource } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { setTimeout as realTimeout } from 'node:timers';
import { Gate } from '../harness/gate.js';
import { quiet, soon } from '../harness/turns.js';
import { scene, visit, type Visit } from '../harness/visit.js';
import { asks, type Check } from './check.js';
import type { MakeSubject } from '../harness/subject.js';

/** Shows that work started by `late` waits for a stranger who holds the lock, and then runs. */
async function expectStranger(
  make: MakeSubject,
  escape: (gone: Visit, late: () => void) => Promise<void>,
): Promise<void> {
  const lock = make();
  const gone = visit(lock, 'gone');
  await quiet();
  gone.leave();
  await quiet();
  const stranger = visit(lock, 'stranger');
  await quiet();
  const started: Visit[] = [];
  await escape(gone, () => void started.push(visit(lock, 'late')));
  await quiet();
  const [late] = started;
  if (late === undefined) throw new Error('the late work never asked');
  expect(scene(stranger, late)).toEqual({ stranger: 'inside', late: 'waiting' });
  stranger.leave();
  await quiet();
  expect(scene(stranger, late)).toEqual({ stranger: 'returned', late: 'inside' });
  late.leave();
  await quiet();
}

/** Rule 6: ownership dies with its frame and never comes back. */
export const deathChecks: readonly Check[] = [
  {
    rule: 6,
    name: 'detached work that outlives its section waits like a stranger',
    needs: [],
    run: (make) => expectStranger(make, async (gone, late) => gone.within(late)),
  },
  {
    rule: 6,
    name: 'a promise chain that outlives its section waits like a stranger',
    needs: [],
    run: (make) => expectStranger(make, async (gone, late) => void gone.within(() => quiet(2).then(late))),
  },
  {
    rule: 6,
    name: 'a timer that was started inside waits like a stranger',
    needs: [],
    run: (make) =>
      expectStranger(make, async (gone, late) => {
        const fired = new Gate();
        const onTimer = () => {
          late();
          fired.open();
        };
        gone.within(() => realTimeout(onTimer, 1));
        await fired.passed;
      }),
  },
  {
    rule: 6,
    name: 'a listener that was bound inside waits like a stranger',
    needs: [],
    async run(make) {
      await expectStranger(make, async (gone, late) => {
        const emitter = new EventEmitter();
        gone.within(() => emitter.on('call', AsyncResource.bind(late)));
        emitter.emit('call');
      });
    },
  },
  {
    rule: 6,
    name: 'work that its section did not wait for loses ownership the moment the section ends',
    needs: ['isHeldByCurrentContext'],
    async run(make) {
      const lock = make();
      const { isHeldByCurrentContext: held } = asks(lock, 'isHeldByCurrentContext');
      const seen: boolean[] = [];
      const section = lock.run(async () => {
        void (async () => {
          seen.push(held());
          await quiet(4);
          seen.push(held());
        })();
        await quiet(1);
      });
      await soon(section, 12);
      expect(seen).toEqual([true, false]);
    },
  },
  {
    rule: 6,
    name: 'ownership does not come back when the lock is taken again, by a stranger or by the same code',
    needs: ['isHeldByCurrentContext'],
    async run(make) {
      const lock = make();
      const { isHeldByCurrentContext: held } = asks(lock, 'isHeldByCurrentContext');
      const first = visit(lock, 'first');
      await quiet();
      expect(first.within(held)).toBe(true);
      first.leave();
      await quiet();
      const second = visit(lock, 'second');
      await quiet();
      expect([first.within(held), second.within(held)]).toEqual([false, true]);
      second.leave();
      await quiet();
      expect([first.within(held), second.within(held)]).toEqual([false, false]);
    },
  },
  {
    rule: 6,
    name: 'late work of an ended child belongs to the parent that still lives: it enters, after the siblings before it',
    needs: [],
    async run(make) {
      const lock = make();
      const parent = visit(lock, 'parent');
      await quiet();
      const gone = parent.within(() => visit(lock, 'gone'));
      await quiet();
      gone.leave();
      await quiet();
      const stranger = visit(lock, 'stranger');
      const sibling = parent.within(() => visit(lock, 'sibling'));
      await quiet();
      const late = gone.within(() => visit(lock, 'late'));
      await quiet();
      expect(scene(sibling, late, stranger)).toEqual({
        sibling: 'inside',
        late: 'waiting',
        stranger: 'waiting',
      });
      sibling.leave();
      await quiet();
      expect(scene(sibling, late, stranger)).toEqual({
        sibling: 'returned',
        late: 'inside',
        stranger: 'waiting',
      });
      late.leave();
      parent.leave();
      stranger.leave();
      await quiet();
      expect(stranger.state).toBe('returned');
    },
  },
  {
    rule: 6,
    name: 'a section inside late work owns again, through its own request and only while it runs',
    needs: ['isHeldByCurrentContext'],
    async run(make) {
      const lock = make();
      const { isHeldByCurrentContext: held } = asks(lock, 'isHeldByCurrentContext');
      const gone = visit(lock, 'gone');
      await quiet();
      gone.leave();
      await quiet();
      const seen = gone.within(() => lock.run(() => lock.run(held)));
      expect([await soon(seen), gone.within(held)]).toEqual([true, false]);
    },
  },
];
