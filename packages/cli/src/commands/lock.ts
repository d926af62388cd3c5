import {
  compareLocks,
  type Lockfile,
  LOCKFILE_NAME,
  OneiricError,
  onlyEnvironment,
  readLockfile,
  withSections,
  writeLockfile,
} from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { type LockableProject, lockProject } from '../lock-project.js';
import { readFormat } from '../read-format.js';
import type { Acceptance } from '../renderers/acceptance.js';

/** `oneiric lock`: what wins now becomes what has to win. */
export async function run(
  input: CommandInput,
  { openProject, screen, print, note }: CommandContext,
): Promise<ExitCode> {
  const format = readFormat(input, 'lock');
  const project = await lockProject(openProject);
  const before = await readBefore(project, note);
  const { now, environment } = project;
  const next = before === undefined || environment === undefined ? now : withSections(before, now);
  const isDry = input.flag('dry-run');
  const isWritten = !isDry && (await writeLockfile(project.lockfile, next, LOCKFILE_NAME));
  for (const text of tellOverrides(now)) note(text);
  const old =
    before === undefined || environment === undefined ? before : onlyEnvironment(before, environment);
  const acceptance: Acceptance = {
    lockfile: now,
    isNew: before === undefined,
    isWritten,
    isDry,
    differences: old === undefined ? [] : compareLocks(old, now),
  };
  const { acceptanceText, acceptanceJson } = await import('../renderers/acceptance.js');
  print(format === 'json' ? acceptanceJson(acceptance) : acceptanceText(acceptance, screen));
  return EXIT.ok;
}

/**
 * The lockfile as it is. One that cannot be read is written anew, as its errors advise; but not where only one
 * environment is locked, which would lose the others, and never over what a newer version wrote.
 */
async function readBefore(
  { lockfile, environment }: LockableProject,
  note: (text: string) => void,
): Promise<Lockfile | undefined> {
  try {
    return await readLockfile(lockfile, LOCKFILE_NAME);
  } catch (error) {
    if (OneiricError.is(error, 'ONEIRIC_LOCKFILE_NOT_FOUND')) return undefined;
    const isReplaceable =
      OneiricError.is(error, 'ONEIRIC_LOCKFILE_INVALID') ||
      OneiricError.is(error, 'ONEIRIC_LOCKFILE_MERGE_CONFLICT');
    if (!isReplaceable || environment !== undefined) throw error;
    note(`${LOCKFILE_NAME} could not be read and is written anew: ${error.code}`);
    return undefined;
  }
}

/** Whoever has no such variable or flag decides otherwise. */
function tellOverrides({ keys, environments }: Lockfile): readonly string[] {
  const bySetter = new Map<string, Set<string>>();
  for (const section of [keys, ...environments.values()]) {
    for (const [name, { selection }] of section ?? []) {
      if (selection === null || selection.setBy === 'configuration') continue;
      const names = bySetter.get(selection.setBy) ?? new Set();
      bySetter.set(selection.setBy, names.add(name));
    }
  }
  return [...bySetter].map(
    ([setBy, names]) =>
      `the lock holds what ${setBy} selects here: ${[...names].join(', ')}; a check without it will differ`,
  );
}
