import { join, resolve } from 'node:path';

import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { wantsPlugins } from '../plugins/plan-plugins.js';
import { projectFolder } from '../security/project-packages.js';
import { CONFIG_ERRORS } from './config-errors.js';
import { findConfig } from './find-config.js';
import type { OneiricConfig } from './oneiric-config.js';

/** What says which configuration is meant. */
export interface ChooseConfigOptions {
  /** The folder that the search starts in, and that `file` counts from. Default: the working folder. */
  readonly cwd?: string;
  /** The configuration file; without it `ONEIRIC_CONFIG`, and without that the nearest one upwards from `cwd`. */
  readonly file?: string;
  /** The configuration itself, in the place of a file; files in it count from `cwd`. */
  readonly config?: OneiricConfig;
  /** The environment variables. Default: those of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Which configuration is meant. */
export interface ChosenConfig {
  /** Absolute: the file, which need not be there; or what reports name in its place, in the folder of the project. */
  readonly file: string;
  /** The configuration itself, where it is in no file. */
  readonly config: OneiricConfig | undefined;
  /** False where there is no file, and none was asked for: plugins alone make the project. */
  readonly isFile: boolean;
}

/** What reports name where the program gave the configuration itself. */
const PROGRAM = 'the configuration of the program';
/** What reports name where there is none. */
const EMPTY = 'the empty configuration';

/**
 * The configuration that the options mean: given by the program, named by an option or by `ONEIRIC_CONFIG`, or the
 * nearest file upwards; and where there is none, the empty one, if the direct dependencies of the project include a
 * plugin.
 *
 * @throws `ONEIRIC_CONFIG_NOT_FOUND`, `…_UNREADABLE`, and what `findConfig` throws
 */
export async function chooseConfig(options: ChooseConfigOptions): Promise<ChosenConfig> {
  const { env = process.env, config, file } = options;
  const cwd = resolve(options.cwd ?? '.');
  if (config !== undefined) return { file: join(cwd, PROGRAM), config, isFile: true };
  if (file?.trim() === '') {
    const details = { file: describeValue(file), reason: 'it names no file' };
    throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_UNREADABLE', details);
  }
  const named = file ?? variable(env, 'ONEIRIC_CONFIG');
  if (named !== undefined) return { file: resolve(cwd, named), config: undefined, isFile: true };
  const found = await findConfig(cwd);
  if (found !== undefined) return { file: found, config: undefined, isFile: true };
  const folder = await projectFolder(cwd);
  if (folder !== undefined && (await wantsPlugins(folder, undefined)))
    return { file: join(folder, EMPTY), config: {}, isFile: false };
  throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_NOT_FOUND', { startDir: cwd });
}

/** A variable that is set to something; a blank one counts as unset. */
export function variable(env: NonNullable<ChooseConfigOptions['env']>, name: string): string | undefined {
  const text = env[name];
  return text === undefined || text.trim() === '' ? undefined : text;
}
