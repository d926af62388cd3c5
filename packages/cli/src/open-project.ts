import { resolve } from 'node:path';

import {
  buildRegistry,
  type CandidateRegistry,
  formatPlace,
  loadConfig,
  type LoadedConfig,
} from '@oneiric/core';

import type { Host } from './host.js';

/** A project as its configuration makes it; nothing of it is running. */
export interface Project {
  readonly loaded: LoadedConfig;
  readonly registry: CandidateRegistry;
}

export interface ProjectPlace {
  /** Counts from the host's working folder. */
  readonly cwd: string | undefined;
  readonly file: string | undefined;
}

/** Loads the configuration of a project and registers what it says. Remarks about it go to `note`. */
export async function openProject(
  place: ProjectPlace,
  host: Host,
  note: (text: string) => void,
): Promise<Project> {
  const cwd = resolve(host.cwd, place.cwd ?? '.');
  const file = place.file === undefined ? {} : { file: place.file };
  const loaded = await loadConfig({ cwd, env: host.env, ...file });
  for (const { origin, text } of loaded.notices) note(`${formatPlace(origin)}: ${text}`);
  return { loaded, registry: await buildRegistry(loaded) };
}
