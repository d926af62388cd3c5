import type { Project } from '@oneiric/core';

import type { CommandContext } from './command.js';

/** A project in one environment; null is without one. */
export interface World {
  readonly environment: string | null;
  readonly project: Project;
}

/**
 * A project in the environment that `--env` or `ONEIRIC_ENV` names; where neither does, without one and in each that
 * the configuration has. There is always at least one.
 */
export async function projectWorlds(
  openProject: CommandContext['openProject'],
): Promise<readonly [World, ...World[]]> {
  const project = await openProject();
  const { environment, environments } = project.loaded;
  if (environment !== undefined) return [{ environment, project }];
  const worlds: [World, ...World[]] = [{ environment: null, project }];
  for (const name of environments)
    worlds.push({ environment: name, project: await openProject({ environment: name }) });
  return worlds;
}
