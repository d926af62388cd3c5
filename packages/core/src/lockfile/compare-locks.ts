import { deepFreeze } from '../foundation/deep-freeze.js';
import { compareDecisions } from './compare-decisions.js';
import type { LockedDecision, LockedKeys, Lockfile } from './lockfile.js';
import type { DecisionSide, LockfileDifference } from './lockfile-change.js';
import { tellDecision } from './tell-decision.js';

const NO_KEYS: LockedKeys = new Map();

/**
 * What differs between two locks, one entry for each key: first what is decided without an environment, then the
 * environments by name; keys in their order. Two locks of the same decisions differ in nothing.
 *
 * `severity` is `winner` for every key of `before` whose winner is another one now, or none, or comes from another
 * package, or is there where nothing won. A key that is new, also one with a winner, is another difference: nothing
 * that was locked has changed.
 */
export function compareLocks(before: Lockfile, after: Lockfile): readonly LockfileDifference[] {
  const names = [...new Set([...before.environments.keys(), ...after.environments.keys()])].sort();
  return deepFreeze([
    ...compareSections(null, before.keys, after.keys),
    ...names.flatMap((name) =>
      compareSections(name, before.environments.get(name), after.environments.get(name)),
    ),
  ]);
}

function compareSections(
  environment: string | null,
  before: LockedKeys | undefined,
  after: LockedKeys | undefined,
): readonly LockfileDifference[] {
  if (before === undefined && after === undefined) return [];
  const whole = { environment, key: null, before: null, after: null, restore: null };
  if (before === undefined)
    return [{ ...whole, severity: 'other', changes: [{ kind: 'environment-appeared' }] }];
  if (after === undefined) {
    const severity = [...before.values()].some(({ winner }) => winner !== null) ? 'winner' : 'other';
    return [{ ...whole, severity, changes: [{ kind: 'environment-vanished' }] }];
  }
  return compareKeys(environment, before, after);
}

function compareKeys(
  environment: string | null,
  before: LockedKeys = NO_KEYS,
  after: LockedKeys = NO_KEYS,
): readonly LockfileDifference[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((key): LockfileDifference[] => {
    const old = before.get(key);
    const now = after.get(key);
    const sides = { environment, key, before: sideOf(key, old), after: sideOf(key, now) };
    if (old === undefined)
      return [{ ...sides, severity: 'other', changes: [{ kind: 'key-appeared' }], restore: null }];
    if (now === undefined) {
      const severity = old.winner === null ? 'other' : 'winner';
      const restore = old.winner === null ? null : ({ kind: 'absent', provider: old.winner } as const);
      return [{ ...sides, severity, changes: [{ kind: 'key-vanished' }], restore }];
    }
    const found = compareDecisions(old, now);
    return found === undefined ? [] : [{ ...sides, ...found }];
  });
}

function sideOf(key: string, decision: LockedDecision | undefined): DecisionSide | null {
  if (decision === undefined) return null;
  return { winner: decision.winner, summary: tellDecision(key, decision) };
}
