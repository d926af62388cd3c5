import { join } from 'node:path';

import { createLock, LOCKFILE_NAME, type Lockfile } from '@oneiric/core';

import type { CommandContext } from './command.js';
import type { Project } from './open-project.js';

/** A project as it would be locked now. */
export interface LockableProject {
  readonly now: Lockfile;
  /** The one environment that was asked for; undefined for all. */
  readonly environment: string | undefined;
  /** Where its lockfile is. */
  readonly lockfile: string;
  readonly projectDir: string;
}

/**
 * Decides every key of a project: in the environment that `--env` or `ONEIRIC_ENV` names, else without one and in
 * each that the configuration has.
 */
export async function lockProject(openProject: CommandContext['openProject']): Promise<LockableProject> {
  const project = await openProject();
  const { environment, environments, projectDir } = project.loaded;
  const lockfile = join(projectDir, LOCKFILE_NAME);
  const snapshot = ({ registry }: Project) => registry.snapshot();
  if (environment !== undefined) {
    const now = createLock(undefined, [[environment, snapshot(project)]]);
    return { now, environment, lockfile, projectDir };
  }
  const others: (readonly [string, ReturnType<typeof snapshot>])[] = [];
  for (const name of environments) others.push([name, snapshot(await openProject({ environment: name }))]);
  return { now: createLock(snapshot(project), others), environment, lockfile, projectDir };
}
