import fc from 'fast-check';

import {
  nameDifference,
  tellChange,
  tellCounts,
  tellRestoration,
} from '../../src/lockfile/change-wording.js';
import { compareLocks } from '../../src/lockfile/compare-locks.js';
import { createLock } from '../../src/lockfile/create-lock.js';
import type { Lockfile } from '../../src/lockfile/lockfile.js';
import type { Offer } from '../decision/a-question.js';
import { anyLock, lockOf, readsOf } from './a-lock.js';

const redis: Offer = { provider: 'redis', priority: 50, source: { kind: 'plugin', id: '@acme/redis', package: '@acme/redis', version: '2.1.0' } }; // prettier-ignore
const memory: Offer = { provider: 'memory', priority: 10 };
const both = lockOf([redis, memory]);
const EMPTY: Lockfile = { keys: new Map(), environments: new Map() };

/** `severity: change; change` of each difference. */
function told(before: Lockfile, after: Lockfile): readonly string[] {
  return compareLocks(before, after).map(
    (each) => `${each.severity}: ${each.changes.map((change) => tellChange(change, each)).join('; ')}`,
  );
}

/** How the old winner of the first difference wins again. */
function advice(before: Lockfile, after: Lockfile) {
  const [first] = compareLocks(before, after);
  return first && tellRestoration(first);
}

describe('two locks', () => {
  it('of the same decisions differ in nothing', () => {
    fc.assert(
      fc.property(anyLock, (lock) => {
        expect(compareLocks(lock, lock)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('differ in a winner exactly where a locked winner is another one', () => {
    fc.assert(
      fc.property(anyLock, anyLock, (before, after) => {
        const [one, other] = [before.keys?.get('adapter/cache'), after.keys?.get('adapter/cache')];
        fc.pre(one !== undefined && other !== undefined);
        const difference = compareLocks(before, after).find(({ environment }) => environment === null);
        expect(difference?.severity === 'winner').toBe(one.winner !== other.winner);
      }),
      { numRuns: 500 },
    );
  });

  it('never hide a changed fingerprint', () => {
    fc.assert(
      fc.property(anyLock, anyLock, (before, after) => {
        const [one, other] = [before.keys?.get('adapter/cache'), after.keys?.get('adapter/cache')];
        fc.pre(one !== undefined && other !== undefined && one.fingerprint !== other.fingerprint);
        expect(compareLocks(before, after).some(({ environment }) => environment === null)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['another winner', both, lockOf([redis, { ...memory, priority: 60 }]), ['winner: memory wins instead of redis; memory has priority 60 instead of 10']],
    ['no winner any more', lockOf([memory]), lockOf([memory], 'redis'), ['winner: nothing wins any more; it was memory; the selection names redis now']],
    ['a winner where nothing won', lockOf([memory], 'redis'), lockOf([memory]), ['winner: memory wins, where nothing won; no selection any more; it named redis']],
    ['the winner from another package', lockOf([redis]), lockOf([{ ...redis, source: { kind: 'plugin', id: '@evil/redis', package: '@evil/redis', version: '2.1.0' } }]), ['winner: redis comes from @evil/redis instead of @acme/redis']],
    ['a key that is gone', both, EMPTY, ['winner: the key is gone; it was redis']],
    ['a key that is gone, which nothing won', lockOf([], 'redis'), EMPTY, ['other: the key is gone; nothing won it']],
    ['a new key', EMPTY, both, ['other: the key is new: redis wins']],
    ['another rule', both, lockOf([redis, memory], 'redis'), ['other: decided at selection instead of priority; the selection names redis now']],
    ['a tie', both, lockOf([memory, { ...redis, priority: 10 }]), ['other: only the order of registration decides now: TIE; redis has priority 10 instead of 50']],
    ['a new candidate', both, lockOf([redis, memory, { provider: 'disk' }]), ['other: disk is new']],
    ['a candidate that is gone', both, lockOf([redis]), ['other: no rival is left; it was decided at priority; memory is gone']],
    ['another version', both, lockOf([{ ...redis, source: { ...redis.source, kind: 'plugin', version: '2.2.0' } }, memory]), ['other: redis went from 2.1.0 to 2.2.0']],
    ['a loser that is filtered', both, lockOf([redis, memory, { provider: 'x', platform: { os: ['win32'] } }]), ['other: x is new']],
    ['a loser that is filtered now', lockOf([redis, memory, { provider: 'x' }]), lockOf([redis, memory, { provider: 'x', platform: { os: ['win32'] } }]), ['other: x is filtered: needs win32 (PLATFORM_UNSUPPORTED)']],
    ['another factory', lockOf([{ factory: './a.js#x' }]), lockOf([{ factory: './b.js#x' }]), ['other: default is made by ./b.js#x instead of ./a.js#x']],
    ['only the fingerprint', both, lockOf([redis, { ...memory, platform: { os: ['linux'] } }]), ['other: the inputs changed, and nothing that they decide: a requirement, a platform, a conflict or an order']],
  ])('tell %s', (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  }); // prettier-ignore

  it('tell how the old winner wins again: a pin that the configuration can hold', () => {
    const after = lockOf([redis, { ...memory, priority: 60 }]);
    expect(advice(both, after)).toEqual({
      text: 'To keep redis, pin it in the configuration:',
      line: 'selections: { adapter: { cache: "redis" } }',
    });
    expect(lockOf([redis, { ...memory, priority: 60 }], 'redis').keys?.get('adapter/cache')?.winner).toBe(
      'redis',
    );
  });

  it.each([
    ['nobody offers', lockOf([memory]), 'To keep redis, offer it again: nobody does any more.'],
    ['is filtered', lockOf([{ ...redis, platform: { os: ['win32'] } }, memory]), 'To keep redis, mend why it is filtered: it needs win32.'],
    ['a variable overrides', lockOf([redis, memory], { provider: 'memory', origin: { kind: 'environment', variable: 'ONEIRIC_SELECTIONS' } }), 'To keep redis, change ONEIRIC_SELECTIONS, which selects another one.'],
  ])('tell how a winner that %s wins again', (_, after, text) => {
    expect(advice(both, after)).toEqual({ text });
  }); // prettier-ignore

  it('tell environments apart, and name those that came and went', () => {
    const reads = readsOf({ offers: [memory] });
    const other = readsOf({ offers: [{ ...memory, provider: 'redis' }] });
    const before = createLock(reads, [['production', reads], ['old', reads]]); // prettier-ignore
    const after = createLock(reads, [['production', other], ['new', reads]]); // prettier-ignore
    const differences = compareLocks(before, after);
    expect(differences.map((each) => `${each.severity} ${nameDifference(each)}`)).toEqual([
      'other environment new',
      'winner environment old',
      'winner adapter/cache in production',
    ]);
    expect(tellCounts(differences)).toBe('2 winners changed and 1 other difference.');
  });
});
