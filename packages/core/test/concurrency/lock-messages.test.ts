import { describe, expect, it } from '@jest/globals';
import { AsyncRWLock } from '../../src/concurrency/async-rw-lock.js';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { useLeakCheck } from './harness/leak-check.js';
import type { RequestOptions } from './harness/subject.js';
import { microtasks, quiet } from './harness/turns.js';
import { pass } from './harness/virtual-time.js';
import { visit, type Visit } from './harness/visit.js';

function thrownBy(fn: () => void): Error {
  try {
    fn();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('what a lock says when it refuses', () => {
  const watch = useLeakCheck();

  function newLock(options?: ConstructorParameters<typeof ReentrantLock>[0]) {
    const lock = watch(new ReentrantLock({ name: 'ledger', ...options }));
    const enter = (name?: string, request?: RequestOptions) =>
      visit({ run: (fn, each) => lock.runExclusive(fn, each) }, name ?? 'section', request);
    return { lock, enter };
  }

  async function leave(...visits: readonly Visit[]): Promise<void> {
    for (const visitor of visits) visitor.leave();
    await quiet();
  }

  const messageOf = ({ reason }: Visit) => (reason as Error).message;

  it('TIMEOUT names section, lock, times, holders down to the innermost, and how many others wait', async () => {
    const { enter } = newLock();
    const holder = enter('month-end');
    await quiet();
    const audit = holder.within(() => enter('audit'));
    await pass(40);
    const alone = enter('alone', { timeoutMs: 60 });
    await pass(60);
    expect(messageOf(alone)).toBe(
      'Section "alone" waited 60 ms for lock "ledger", its timeout is 60 ms. ' +
        'Held by "month-end > audit" for 100 ms. Nothing was run. ' +
        'Shorten the section that holds it, raise timeoutMs, or see error.details.report.',
    );
    const one = enter('one');
    const hasty = enter('hasty', { timeoutMs: 10 });
    await pass(10);
    expect(messageOf(hasty)).toContain('Held by "month-end > audit" for 110 ms; 1 other waiting. ');
    const two = enter('two');
    const again = enter('again', { timeoutMs: 10 });
    await pass(10);
    expect(messageOf(again)).toContain('; 2 others waiting. ');
    await leave(audit, holder, one, two);
  });

  it('TIMEOUT of a writer names every reader that is inside', async () => {
    const lock = watch(new AsyncRWLock({ name: 'atlas' }));
    const readers = ['r1', 'r2'].map((name) => visit({ run: (fn, each) => lock.read(fn, each) }, name));
    const writer = visit({ run: (fn, each) => lock.write(fn, each) }, 'w', { timeoutMs: 5 });
    await pass(5);
    expect(messageOf(writer)).toContain('Held by "r1" for 5 ms, "r2" for 5 ms. ');
    await leave(...readers);
  });

  it('DEADLOCK draws the circle', async () => {
    const { enter } = newLock({ deadlockGraceMs: 30 });
    const other = watch(new ReentrantLock({ name: 'stock' }));
    const enterStock = (name: string) => visit({ run: (fn, each) => other.runExclusive(fn, each) }, name);
    const [booking, shipping] = [enter('booking'), enterStock('shipping')];
    await quiet();
    const first = booking.within(() => enterStock('book stock'));
    const closing = shipping.within(() => enter('ship ledger'));
    await pass(1000);
    expect(messageOf(closing)).toBe(
      'Deadlock on lock "ledger", after 1000 ms:\n' +
        '  "ship ledger" waits for lock "ledger", held by "booking";\n' +
        '  in it, "book stock" waits for lock "stock", held by "shipping";\n' +
        '  in it, "ship ledger" waits: the circle is closed.\n' +
        'The request that closed the circle fails so that the others go on. Take the locks in the same order ' +
        'everywhere, or start work that nobody awaits with detach().',
    );
    expect(closing.reason).toMatchObject({
      details: {
        lock: 'ledger',
        section: 'ship ledger',
        waitedMs: 1000,
        cycle: [
          { request: 'ship ledger', lock: 'ledger', holder: 'booking' },
          { request: 'book stock', lock: 'stock', holder: 'shipping' },
        ],
      },
    });
    await leave(shipping, first, booking);
  });

  it('UNAVAILABLE names the holder and how many wait', async () => {
    const { enter } = newLock();
    const holder = enter('holder');
    const waiting = enter('waiting');
    await quiet();
    const eager = enter('eager', { ifAvailable: true });
    await quiet();
    expect(messageOf(eager)).toBe(
      'Lock "ledger" is not available to section "eager". "holder" holds it, 1 waiting. ' +
        'Try again later, or leave ifAvailable out to wait.',
    );
    await leave(holder, waiting);
  });

  it('UNAVAILABLE between two holders says that others come first', async () => {
    const { lock, enter } = newLock();
    const holder = enter('holder');
    await quiet();
    const waiting = enter('waiting');
    holder.leave();
    for (let step = 0; step < 24 && lock.query().held.length > 0; step++) await microtasks(1);
    expect(lock.query()).toMatchObject({ held: [], pending: [{ name: 'waiting' }] });
    const eager = enter('eager', { ifAvailable: true });
    await quiet();
    expect(messageOf(eager)).toBe(
      'Lock "ledger" is not available to section "eager". Nobody holds it any more, others wait before it, ' +
        '1 waiting. Try again later, or leave ifAvailable out to wait.',
    );
    await leave(waiting);
  });

  it('QUEUE_FULL names the bound and the holder', async () => {
    const { enter } = newLock({ maxPending: 1 });
    const [holder, waiting, refused] = [enter('holder'), enter('waiting'), enter('refused')];
    await quiet();
    expect(messageOf(refused)).toBe(
      'Section "refused" may not wait for lock "ledger": 1 already wait, which is its maxPending. ' +
        '"holder" holds it. Send less at a time, or raise maxPending.',
    );
    await leave(holder, waiting);
  });

  it('NOT_OWNED says who owns it, if anybody', async () => {
    const { lock, enter } = newLock();
    expect(thrownBy(() => lock.assertLeaf()).message).toBe(
      'The calling context does not own lock "ledger". Nobody holds it. ' +
        'Call it inside runExclusive(), and await it there: ownership ends when the section does.',
    );
    const holder = enter('holder');
    await quiet();
    expect(thrownBy(() => lock.assertLeaf()).message).toContain('"holder" holds it. ');
    await leave(holder);
  });

  it('CHILD_ACTIVE names the section and what runs inside it', async () => {
    const { lock, enter } = newLock();
    const parent = enter('parent');
    await quiet();
    const child = parent.within(() => enter('child'));
    await quiet();
    expect(thrownBy(() => parent.within(() => lock.assertLeaf())).message).toBe(
      'Section "parent" of lock "ledger" did guarded work while its nested section "child" is running. ' +
        'Await the nested section first.',
    );
    await leave(child, parent);
  });

  it('UPGRADE names both sections and what to do instead', async () => {
    const lock = watch(new AsyncRWLock({ name: 'atlas' }));
    const reader = visit({ run: (fn, each) => lock.read(fn, each) }, 'look');
    await quiet();
    const upgrade = reader.within(() => visit({ run: (fn, each) => lock.write(fn, each) }, 'change'));
    await quiet();
    expect(messageOf(upgrade)).toBe(
      'Section "change" asked to write on lock "atlas" inside the read section "look". ' +
        'Two readers that do so would wait for each other for ever. Call write() first and read inside it, ' +
        'or leave the read section, call write(), and look again at what was read.',
    );
    await leave(reader);
  });

  it('ORPHANED names what still runs and what still waits, and carries the failure of the body as its cause', async () => {
    const { lock, enter } = newLock({ strict: true });
    const failure = new Error('the body failed');
    const children: Visit[] = [];
    const failed = lock.runExclusive(
      async () => {
        children.push(enter('running'), enter('waiting'));
        await quiet(1);
        throw failure;
      },
      { name: 'parent' },
    );
    const error = await failed.then(
      () => undefined,
      (reason: unknown) => reason as Error,
    );
    expect(error?.message).toBe(
      'Section "parent" of the strict lock "ledger" settled before its nested sections; running: "running"; ' +
        'waiting: "waiting". Await every nested section (Promise.all stops at the first failure, ' +
        'Promise.allSettled does not), or start it with detach().',
    );
    expect(error).toMatchObject({ code: 'ONEIRIC_LOCK_ORPHANED', cause: failure });
    await leave(...children);
    const parent = enter('parent');
    await quiet();
    const child = parent.within(() => enter('only'));
    await quiet();
    await leave(parent);
    expect(messageOf(parent)).toContain('settled before its nested sections; running: "only". Await');
    expect((parent.reason as Error).cause).toBeUndefined();
    await leave(child);
  });

  it('sections and locks that were given no name are numbered', async () => {
    const lock = watch(new ReentrantLock());
    const other = watch(new ReentrantLock());
    expect(lock.name).toMatch(/^lock-\d+$/);
    expect(other.name).not.toBe(lock.name);
    const names: string[] = [];
    for (let turn = 0; turn < 2; turn++) {
      await lock.runExclusive(() => names.push(...lock.query().held.map(({ name }) => name)));
    }
    expect(names).toEqual(['section-1', 'section-2']);
  });
});
