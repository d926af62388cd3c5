import fc from 'fast-check';

import { decide } from '../../src/decision/decide.js';
import { createLock, type LockReads } from '../../src/lockfile/create-lock.js';
import type { Lockfile } from '../../src/lockfile/lockfile.js';
import { aQuestion, DOMAIN, KEY, type Offer, type Setting } from '../decision/a-question.js';
import { anySetting } from '../decision/some-settings.js';

/** A lock of `adapter/cache` as these offers have it. */
export function lockOf(offers: readonly Offer[], selection?: Setting['selection']): Lockfile {
  return createLock(readsOf({ offers, ...(selection === undefined ? {} : { selection }) }));
}

/** What a lock of this one key is made from. */
export function readsOf(setting: Omit<Setting, 'request'>): LockReads {
  return {
    keys: () => [{ domain: DOMAIN, key: KEY }],
    explain: () => decide(aQuestion(setting)),
  };
}

const someReads = anySetting.map(({ request: _, ...setting }) => readsOf(setting));

/** Locks of whatever there is, with up to two environments. */
export const anyLock: fc.Arbitrary<Lockfile> = fc
  .record({
    base: fc.option(someReads, { nil: undefined }),
    environments: fc.uniqueArray(fc.tuple(fc.constantFrom('staging', 'production', '2024'), someReads), {
      selector: ([name]) => name,
      maxLength: 2,
    }),
  })
  .filter(({ base, environments }) => base !== undefined || environments.length > 0)
  .map(({ base, environments }) => createLock(base, environments));
