import { describe, it } from '@jest/globals';
import { useLeakCheck, type Watched } from '../harness/leak-check.js';
import type { MakeSubject, Subject } from '../harness/subject.js';
import { applies, type Check } from './check.js';
import { exclusionChecks } from './rule-01-exclusion.js';
import { ownershipChecks } from './rule-02-ownership.js';
import { reEntryChecks } from './rule-03-re-entry.js';
import { siblingChecks } from './rule-04-siblings.js';
import { leafChecks } from './rule-05-leaf.js';
import { deathChecks } from './rule-06-death.js';
import { subtreeChecks } from './rule-07-subtree.js';
import { releaseChecks } from './rule-08-release.js';
import { detachChecks } from './rule-09-detach.js';
import { abortChecks } from './rule-11-abort.js';
import { waitingChecks } from './rule-12-waiting.js';
import { questionChecks } from './rule-14-questions.js';

/** Everything that holds for one exclusive lock by itself, in the order of the rules. */
export const exclusiveLockChecks: readonly Check[] = [
  ...exclusionChecks,
  ...ownershipChecks,
  ...reEntryChecks,
  ...siblingChecks,
  ...leafChecks,
  ...deathChecks,
  ...subtreeChecks,
  ...releaseChecks,
  ...detachChecks,
  ...abortChecks,
  ...waitingChecks,
  ...questionChecks,
];

function isWatched(asks: Subject['asks']): asks is Watched {
  return asks.query !== undefined && asks.isLocked !== undefined;
}

/** Holds every lock that `make` makes to the contract of exclusive locks, and to leaving nothing behind. */
export function describeExclusiveLock(name: string, make: MakeSubject): void {
  describe(`${name} is an exclusive lock`, () => {
    const watch = useLeakCheck();
    const makeWatched: MakeSubject = (options) => {
      const subject = make(options);
      if (isWatched(subject.asks)) watch(subject.asks);
      return subject;
    };
    const sample = make();
    for (const check of exclusiveLockChecks.filter((each) => applies(each, sample))) {
      it(`rule ${check.rule}: ${check.name}`, () => check.run(makeWatched));
    }
  });
}
