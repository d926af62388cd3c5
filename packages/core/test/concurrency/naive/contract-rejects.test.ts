import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { applies, type Check, type Rule } from '../contract/check.js';
import { exclusiveLockChecks } from '../contract/exclusive-lock.js';
import { expectNothingLeft } from '../harness/leak-check.js';
import type { LockOptions, Subject } from '../harness/subject.js';
import { quiet } from '../harness/turns.js';
import { startVirtualTime, stopVirtualTime } from '../harness/virtual-time.js';
import { FlagLock } from './flag-lock.js';
import * as flawed from './flawed-locks.js';
import { ReferenceLock } from './reference-lock.js';

type LockClass = new (options?: LockOptions) => Subject;

/** The rules of the checks that `Lock` fails. Checks of what it does not offer at all are not counted against it. */
async function rejectingChecks(Lock: LockClass): Promise<readonly Check[]> {
  const failed: Check[] = [];
  for (const check of exclusiveLockChecks.filter((each) => applies(each, new Lock()))) {
    try {
      await check.run((options) => new Lock(options));
    } catch {
      failed.push(check);
    }
    await quiet();
    stopVirtualTime();
    startVirtualTime();
  }
  return failed;
}

function rulesOf(checks: readonly Check[]): readonly Rule[] {
  return [...new Set(checks.map(({ rule }) => rule))].sort((a, b) => a - b);
}

/** Which rules reject which lock: all of them, and no others. */
const verdicts: readonly (readonly [LockClass, readonly Rule[], string])[] = [
  [FlagLock, [4, 6, 7, 8, 11, 12, 14], 'the context carries a flag and the body runs inline'],
  [flawed.ReleaserContextLock, [2], "bodies run in the releaser's context"],
  [flawed.BargingLock, [1, 4, 12], 'a newcomer may overtake'],
  [flawed.StackLock, [1, 2, 4, 7, 8, 11, 12, 14], 'last come, first served'],
  [flawed.GhostTimeoutLock, [11, 12], 'timed-out requests stay queued'],
  [flawed.ForceReleaseLock, [12], 'a timeout takes the lock away'],
  [
    flawed.NonReentrantLock,
    [2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14],
    'a section waits for the one that it is inside of',
  ],
  [flawed.BlindLeafLock, [5], 'a parent may write beside its child'],
  [flawed.DetachAllLock, [9], 'detach leaves the other locks, too'],
  [flawed.ImmortalFrameLock, [5, 6, 9], 'ownership outlives its frame'],
  [flawed.HastyHandOverLock, [7], 'hand-over does not wait for the subtree'],
  [flawed.ForgetfulLock, [7], 'queued children are lost with their parent'],
  [flawed.StickyFailureLock, [8], 'a failing body never releases'],
  [flawed.ReleasingAbortLock, [7, 8, 11], 'an aborted waiter releases'],
  [flawed.AbortReleasesLock, [8, 11], 'an abort releases a running section'],
  [flawed.ListenerLeakLock, [11], 'a listener stays on the signal'],
  [flawed.LateDecisionLock, [12], 'ifAvailable decides late'],
  [flawed.ReadyMadeErrorLock, [14], 'one error object for all'],
];

describe('the contract of exclusive locks', () => {
  beforeEach(startVirtualTime);
  afterEach(stopVirtualTime);

  it('accepts the reference lock, so that what it says of a flawed copy is about the flaw', async () => {
    expect((await rejectingChecks(ReferenceLock)).map(({ rule, name }) => `rule ${rule}: ${name}`)).toEqual(
      [],
    );
  });

  for (const [Lock, rules, flaw] of verdicts) {
    it(`rejects ${Lock.name} (${flaw}) by rule ${rules.join(', ')}`, async () => {
      expect(rulesOf(await rejectingChecks(Lock))).toEqual(rules);
    });
  }

  it('catches the flag where it hurts: siblings run side by side, and late work walks in on a stranger', async () => {
    const names = (await rejectingChecks(FlagLock)).map(({ name }) => name);
    expect(names).toContain(
      'three children forked by one holder never overlap and run in the order in which they asked',
    );
    expect(names).toContain('detached work that outlives its section waits like a stranger');
  });

  it('knows for every rule a lock that is rejected by it', () => {
    const broken = new Set(verdicts.flatMap(([, rules]) => rules));
    expect(exclusiveLockChecks.filter(({ rule }) => !broken.has(rule))).toEqual([]);
  });

  it('has checks for every rule that one exclusive lock can break by itself', () => {
    expect(rulesOf(exclusiveLockChecks)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 14]);
  });

  it('names every check once', () => {
    const names = exclusiveLockChecks.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

describe('the leak check', () => {
  beforeEach(startVirtualTime);
  afterEach(stopVirtualTime);

  it('notices a section that is held, a request that waits, and a timer that was left', async () => {
    const idle = { query: () => ({ held: [], pending: [], counters }), isLocked: () => false };
    const counters = { acquired: 0, contended: 0, timedOut: 0, aborted: 0, deadlocks: 0 };
    const held = [{ name: 'forgotten', heldMs: 1, children: [] }];
    const pending = [{ name: 'waiting', waitedMs: 1 }];
    expect(() => expectNothingLeft([idle])).not.toThrow();
    expect(() => expectNothingLeft([idle, { ...idle, isLocked: () => true }])).toThrow();
    expect(() => expectNothingLeft([{ ...idle, query: () => ({ held, pending: [], counters }) }])).toThrow();
    expect(() => expectNothingLeft([{ ...idle, query: () => ({ held: [], pending, counters }) }])).toThrow();
    setTimeout(() => {}, 10);
    expect(() => expectNothingLeft([idle])).toThrow();
  });
});
