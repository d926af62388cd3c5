import {
  type Lockfile,
  type LockfileDifference,
  LOCKFILE_NAME,
  nameDifference,
  printable,
  tellChange,
} from '@oneiric/core';

import type { Screen } from '../screen.js';
import { wrap } from '../wrap.js';
import { tellSize } from './comparison.js';
import { differenceJson } from './comparison-json.js';

/** What `lock` did. */
export interface Acceptance {
  /** What is decided now, in what was asked for. */
  readonly lockfile: Lockfile;
  /** There was no lockfile before. */
  readonly isNew: boolean;
  readonly isWritten: boolean;
  /** Nothing was to be written. */
  readonly isDry: boolean;
  /** From what was locked before. */
  readonly differences: readonly LockfileDifference[];
}

/** What was accepted, a line for each key, and whether the file was written. */
export function acceptanceText(acceptance: Acceptance, screen: Screen): string {
  const { differences, lockfile } = acceptance;
  const lines = differences.flatMap((difference) => {
    const changes = difference.changes.map((change) => tellChange(change, difference));
    const text = printable(`${nameDifference(difference)}: ${changes.join('; ')}`);
    const first = `${difference.severity === 'winner' ? 'WINNER' : 'other '}  `;
    return wrap(text, screen.width, { first, rest: ' '.repeat(first.length) });
  });
  return [...lines, ...wrap(`${tellDeed(acceptance)}: ${tellSize(lockfile)}.`, screen.width)].join('\n');
}

function tellDeed({ isNew, isWritten, isDry, differences }: Acceptance): string {
  if (isDry) {
    if (isNew) return `Would write ${LOCKFILE_NAME}`;
    return differences.length === 0
      ? `${LOCKFILE_NAME} would stay as it is`
      : `Would change ${LOCKFILE_NAME}`;
  }
  if (!isWritten) return `${LOCKFILE_NAME} is up to date`;
  return isNew ? `Wrote ${LOCKFILE_NAME}` : `Changed ${LOCKFILE_NAME}`;
}

/** What `lock --json` prints. */
export function acceptanceJson({ lockfile, isNew, isWritten, isDry, differences }: Acceptance): string {
  const { keys, environments } = lockfile;
  const form = {
    schemaVersion: 1,
    file: LOCKFILE_NAME,
    created: isNew && isWritten,
    written: isWritten,
    dryRun: isDry,
    locked: [
      ...(keys === undefined ? [] : [{ environment: null, keys: keys.size }]),
      ...Array.from(environments, ([environment, each]) => ({ environment, keys: each.size })),
    ],
    accepted: differences.map(differenceJson),
  };
  return JSON.stringify(form, null, 2);
}
