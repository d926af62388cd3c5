import {
  asBase,
  compareLocks,
  type Lockfile,
  LOCKFILE_NAME,
  onlyEnvironment,
  readLockfile,
} from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { type ExitCode, exitCodeOfDifferences } from '../exit-code.js';
import { lockProject } from '../lock-project.js';
import { readFormat } from '../read-format.js';
import { renderComparison } from '../renderers/render-comparison.js';

/** `oneiric check`: what wins now against what was locked. */
export async function run(
  input: CommandInput,
  { openProject, screen, print }: CommandContext,
): Promise<ExitCode> {
  const format = readFormat(input, 'check');
  const { now, environment, lockfile } = await lockProject(openProject);
  const locked = onlyLocked(await readLockfile(lockfile, LOCKFILE_NAME), environment);
  const differences = compareLocks(locked, now);
  const comparison = {
    before: { label: 'locked', name: LOCKFILE_NAME, lockfile: locked },
    after: { label: 'now', name: 'the project', lockfile: now },
    differences,
    isStrict: input.flag('strict'),
    accept: environment === undefined ? 'oneiric lock' : `oneiric lock --env ${environment}`,
  };
  print(await renderComparison(comparison, format, screen));
  return exitCodeOfDifferences(differences, comparison.isStrict);
}

function onlyLocked(lockfile: Lockfile, environment: string | undefined): Lockfile {
  if (environment === undefined) return lockfile;
  asBase(lockfile, environment, LOCKFILE_NAME); // Refuses an environment that was never locked.
  return onlyEnvironment(lockfile, environment);
}
