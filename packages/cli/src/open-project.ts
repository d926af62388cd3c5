import { resolve } from 'node:path';

import { formatPlace, type LoadConfigOptions, loadProject, type Project } from '@oneiric/core';

import type { Host } from './host.js';
import { runPlugin } from './plugin-context.js';
import { pluginReason } from './plugin-reason.js';
import { noteStrays } from './tell-stray.js';

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
  /** `note` where settings for what nobody offers keep the command from nothing. Default: they are refused. */
  readonly unknownSettings?: 'refuse' | 'note' | undefined;
  /** False where the command itself tells what is the matter with plugins. Default: it is noted. */
  readonly notePlugins?: boolean;
}

/** A choice as `loadProject` and `loadConfig` take it. */
export function loadOptionsOf(
  { cwd = '.', file, environment, selections, stackOrder, unknownSettings = 'refuse' }: ProjectChoice,
  host: Host,
): LoadConfigOptions {
  return {
    cwd: resolve(host.cwd, cwd),
    env: environment === null ? { ...host.env, ONEIRIC_ENV: undefined } : host.env,
    flags: { selections, stackOrder },
    missingSecrets: 'note',
    unknownSettings,
    ...(file === undefined ? {} : { file }),
    ...(environment === undefined || environment === null ? {} : { environment }),
  };
}

/** Skipped for these, a plugin is as its authors mean it to be, and `explain` says so of each of its candidates. */
const QUIET: readonly unknown[] = ['OS_UNSUPPORTED', 'CPU_UNSUPPORTED', 'NODE_UNSUPPORTED'];

/**
 * Loads a project: its configuration and its plugins. Remarks about both go to `note`; a plugin that is not loaded is
 * one of these, whatever else the command finds. `onPluginsPending` is told which plugins it waits for.
 */
export async function openProject(
  choice: ProjectChoice,
  host: Host,
  note: (text: string) => void,
  onPluginsPending: (packages: readonly string[]) => void,
): Promise<Project> {
  const project = await loadProject({ ...loadOptionsOf(choice, host), onPluginsPending, runPlugin });
  for (const { origin, text } of project.loaded.notices) note(`${formatPlace(origin)}: ${text}`);
  for (const report of project.plugins.reports) {
    const { package: name, state, reason } = report;
    if (choice.notePlugins === false || state === 'loaded' || QUIET.includes(reason)) continue;
    note(`the plugin ${name} is not loaded: ${pluginReason(report)}`);
  }
  if (choice.notePlugins !== false) noteStrays(host, note);
  return project;
}
