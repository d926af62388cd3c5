import type { Lockfile, LockfileDifference } from '@oneiric/core';

/** What `check` and `diff` found, for every form it may take. */
export interface Comparison {
  readonly before: ComparedSide;
  readonly after: ComparedSide;
  readonly differences: readonly LockfileDifference[];
  /** Whether every difference is a failure. */
  readonly isStrict: boolean;
  /** The command that accepts what differs; undefined where neither side is what wins now. */
  readonly accept: string | undefined;
}

export interface ComparedSide {
  /** In a column or before a sentence: `locked`, `now`. */
  readonly label: string;
  /** In a sentence: `oneiric.lock.json`. */
  readonly name: string;
  readonly lockfile: Lockfile;
}

/** `4 keys`, `4 keys, also in 3 environments` */
export function tellSize({ keys, environments }: Lockfile): string {
  const sections = [...(keys === undefined ? [] : [keys]), ...environments.values()];
  const count = new Set(sections.flatMap((section) => [...section.keys()])).size;
  const what = `${count} ${count === 1 ? 'key' : 'keys'}`;
  if (environments.size === 0) return what;
  const [only] = environments.keys();
  const where =
    environments.size === 1 ? `the environment ${String(only)}` : `${environments.size} environments`;
  return keys === undefined ? `${what} in ${where}` : `${what}, also in ${where}`;
}

/** What was compared and is the same, in a sentence. */
export function tellSame({ before, after }: Comparison): string {
  return `${tellSize(before.lockfile)}: ${after.name} decides as ${before.name} has it.`;
}
