import { type LockfileDifference, tellChange, tellRestoration } from '@oneiric/core';

import type { Comparison } from './comparison.js';

/** What `check --json` and `diff --json` print. */
export function comparisonJson({ before, after, differences, isStrict, accept }: Comparison): object {
  return {
    schemaVersion: 1,
    before: before.name,
    after: after.name,
    winnersChanged: differences.filter(({ severity }) => severity === 'winner').length,
    otherDifferences: differences.filter(({ severity }) => severity === 'other').length,
    strict: isStrict,
    differences: differences.map(differenceJson),
    accept: accept ?? null,
  };
}

export function differenceJson(difference: LockfileDifference): object {
  const { environment, key, severity, changes, before, after, restore } = difference;
  return {
    environment,
    key,
    severity,
    changes: changes.map((change) => ({ ...change, text: tellChange(change, difference) })),
    before,
    after,
    restore: restore && { ...restore, line: null, ...tellRestoration(difference) },
  };
}
