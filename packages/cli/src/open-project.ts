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

/** Which configuration is meant, and what the command line sets above it. */
export interface ProjectChoice {
  /** Counts from the host's working folder. */
  readonly cwd?: string | undefined;
  readonly file?: string | undefined;
  /** The name of one of the file's environments; null for none, whatever `ONEIRIC_ENV` says. */
  readonly environment?: string | null | undefined;
  /** `domain/key=provider` each. */
  readonly selections?: readonly string[];
  readonly stackOrder?: string | undefined;
}

/** Loads the configuration of a project and registers what it says. Remarks about it go to `note`. */
export async function openProject(
  { cwd = '.', file, environment, selections, stackOrder }: ProjectChoice,
  host: Host,
  note: (text: string) => void,
): Promise<Project> {
  const loaded = await loadConfig({
    cwd: resolve(host.cwd, cwd),
    env: environment === null ? { ...host.env, ONEIRIC_ENV: undefined } : host.env,
    flags: { selections, stackOrder },
    missingSecrets: 'note',
    ...(file === undefined ? {} : { file }),
    ...(environment === undefined || environment === null ? {} : { environment }),
  });
  for (const { origin, text } of loaded.notices) note(`${formatPlace(origin)}: ${text}`);
  return { loaded, registry: await buildRegistry(loaded) };
}
