import { join } from 'node:path';

import { createLock, LOCKFILE_NAME, type Lockfile } from '@oneiric/core';

import type { CommandContext } from './command.js';
import { projectWorlds } from './project-worlds.js';

/** A project as it would be locked now. */
export interface LockableProject {
  readonly now: Lockfile;
  /** The one environment that was asked for; undefined for all. */
  readonly environment: string | undefined;
  /** Where its lockfile is. */
  readonly lockfile: string;
}

/** Decides every key of a project, in every environment or in the one that was asked for. */
export async function lockProject(openProject: CommandContext['openProject']): Promise<LockableProject> {
  const worlds = await projectWorlds(openProject);
  const { environment, projectDir } = worlds[0].project.loaded;
  const base = worlds.find((world) => world.environment === null);
  const others = worlds.flatMap((world) =>
    world.environment === null ? [] : [[world.environment, world.project.registry.snapshot()] as const],
  );
  const now = createLock(base?.project.registry.snapshot(), others);
  return { now, environment, lockfile: join(projectDir, LOCKFILE_NAME) };
}
