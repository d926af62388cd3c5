import { describe, expect, it } from '@jest/globals';
import { AsyncRWLock } from '../../src/concurrency/async-rw-lock.js';
import type { LockReport } from '../../src/concurrency/lock-report.js';
import { ReentrantLock } from '../../src/concurrency/reentrant-lock.js';
import { useLeakCheck } from './harness/leak-check.js';
import type { RequestOptions } from './harness/subject.js';
import { quiet } from './harness/turns.js';
import { pass } from './harness/virtual-time.js';
import { visit, type Visit } from './harness/visit.js';

const reportIn = ({ reason }: Visit) =>
  (reason as { readonly details: { readonly report: LockReport } }).details.report;
const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name);

describe('the report of a lock', () => {
  const watch = useLeakCheck();

  function newLock() {
    const lock = watch(new ReentrantLock({ name: 'ledger' }));
    const enter = (name: string, request?: RequestOptions) =>
      visit({ run: (fn, each) => lock.runExclusive(fn, each) }, name, request);
    return { lock, enter };
  }

  async function leave(...visits: readonly Visit[]): Promise<void> {
    for (const visitor of visits) visitor.leave();
    await quiet(2 * visits.length + 6);
  }

  it('gives modes, times, and the section in whose queue a request waits, inner queues first', async () => {
    const { lock, enter } = newLock();
    const parent = enter('parent');
    await quiet();
    const stranger = enter('stranger');
    await pass(5);
    const child = parent.within(() => enter('child'));
    const sibling = parent.within(() => enter('sibling'));
    await pass(7);
    expect(lock.query()).toMatchObject({
      lock: 'ledger',
      held: [
        {
          name: 'parent',
          mode: 'exclusive',
          heldMs: 12,
          children: [{ name: 'child', mode: 'exclusive', heldMs: 7, children: [] }],
        },
      ],
      pending: [
        { name: 'sibling', mode: 'exclusive', waitedMs: 7, within: 'parent' },
        { name: 'stranger', mode: 'exclusive', waitedMs: 12 },
      ],
      pendingTotal: 2,
    });
    expect(lock.query().pending[1]).not.toHaveProperty('within');
    await leave(child, sibling, parent, stranger);
  });

  it('gives readers as shared and writers as exclusive, holders in the order in which they came', async () => {
    const lock = watch(new AsyncRWLock());
    const read = (name: string) => visit({ run: (fn, each) => lock.read(fn, each) }, name);
    const [r1, r2, r3] = [read('r1'), read('r2'), read('r3')];
    const w = visit({ run: (fn, each) => lock.write(fn, each) }, 'w');
    const r4 = read('r4');
    await quiet();
    r2.leave();
    await quiet();
    expect(lock.query()).toMatchObject({
      held: [
        { name: 'r1', mode: 'shared' },
        { name: 'r3', mode: 'shared' },
      ],
      pending: [
        { name: 'w', mode: 'exclusive' },
        { name: 'r4', mode: 'shared' },
      ],
    });
    await leave(r1, r3, w, r4);
  });

  it('adds up how long requests waited and sections held, and remembers the longest of each', async () => {
    const { lock, enter } = newLock();
    expect(lock.query().times).toEqual({ waitedMs: 0, longestWaitMs: 0, heldMs: 0, longestHoldMs: 0 });
    const first = enter('first');
    const second = enter('second');
    const hasty = enter('hasty', { timeoutMs: 30 });
    await pass(40);
    first.leave();
    await pass(15);
    second.leave();
    await quiet();
    expect(hasty.state).toBe('rejected');
    expect(lock.query().times).toEqual({ waitedMs: 70, longestWaitMs: 40, heldMs: 55, longestHoldMs: 40 });
  });

  it('in an error lists at most 32 requests, the failed one among them, and says how many there were', async () => {
    const { enter } = newLock();
    const holder = enter('holder');
    const others = Array.from({ length: 40 }, (_, index) => enter(`other ${index}`));
    const late = enter('late', { timeoutMs: 5 });
    await pass(5);
    const { pending, pendingTotal } = reportIn(late);
    expect({ listed: pending.length, pendingTotal, last: pending.at(-1)?.name }).toEqual({
      listed: 32,
      pendingTotal: 41,
      last: 'late',
    });
    expect(names(pending.slice(0, 31))).toEqual(names(others.slice(0, 31)));
    await leave(holder, ...others);
  });

  it('in an error of a request that is among the first lists it once, at its place', async () => {
    const { enter } = newLock();
    const holder = enter('holder');
    const first = enter('first');
    const hasty = enter('hasty', { timeoutMs: 5 });
    const others = Array.from({ length: 40 }, (_, index) => enter(`other ${index}`));
    await pass(5);
    const { pending, pendingTotal } = reportIn(hasty);
    expect(names(pending)).toEqual(['first', 'hasty', ...names(others.slice(0, 30))]);
    expect(pendingTotal).toBe(42);
    await leave(holder, first, ...others);
  });

  it('in an error lists at most 32 sections, outermost first', async () => {
    const { lock, enter } = newLock();
    const chain: Visit[] = [enter('0')];
    await quiet();
    for (let depth = 1; depth < 40; depth++) {
      chain.push(chain[depth - 1]!.within(() => enter(`${depth}`)));
      await quiet(1);
    }
    const hasty = enter('hasty', { timeoutMs: 5 });
    await pass(5);
    const depthOf = (held: LockReport['held']): number =>
      held[0] === undefined ? 0 : 1 + depthOf(held[0].children);
    expect([depthOf(reportIn(hasty).held), depthOf(lock.query().held)]).toEqual([32, 40]);
    await leave(...chain.reverse());
  });
});
