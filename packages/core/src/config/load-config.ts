import { basename, dirname, resolve } from 'node:path';

import { createError } from '../errors/oneiric-error.js';
import { type Clock, systemClock } from '../foundation/clock.js';
import { CONFIG_ERRORS } from './config-errors.js';
import { type ConfigLayer, EMPTY_LAYER } from './config-layer.js';
import { findConfig } from './find-config.js';
import { LayerReport } from './layer-report.js';
import type { LoadedConfig } from './loaded-config.js';
import { mergeLayers } from './merge-layers.js';
import { readConfigFile } from './read-config-file.js';
import { readConfigValue } from './read-config-value.js';
import { readTextLayer, type TextSettings } from './read-text-layer.js';

export interface LoadConfigOptions {
  /** The folder that the search starts in, and that `file` counts from. Default: the working folder. */
  readonly cwd?: string;
  /** The configuration file; without it `ONEIRIC_CONFIG`, and without that the nearest one upwards from `cwd`. */
  readonly file?: string;
  /** Default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What the command line sets; it counts above everything else. */
  readonly flags?: TextSettings;
  /** Milliseconds that a configuration module may take to load. Default: 10,000. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  /** Ends the wait for a configuration module; what the module does goes on. */
  readonly signal?: AbortSignal;
}

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Loads a project's configuration: defaults < file < environment (`ONEIRIC_SELECTIONS`, `ONEIRIC_STACK_ORDER`) <
 * flags. A layer replaces single selections and packages; every value keeps the place where it was set.
 *
 * A configuration in TypeScript or JavaScript is code, and loading it runs it. Nothing is loaded from a factory
 * reference: it is only checked.
 *
 * @throws `ONEIRIC_CONFIG_INVALID` with all problems of all layers at once; before that `ONEIRIC_CONFIG_NOT_FOUND`,
 *   `…_AMBIGUOUS`, `…_FORMAT`, `…_UNREADABLE`, and for a module `…_THREW`, `…_TIMEOUT`, `…_EXPORT`; the signal's reason
 */
export async function loadConfig(options: LoadConfigOptions = {}): Promise<LoadedConfig> {
  const {
    env = process.env,
    flags = {},
    clock = systemClock,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    signal,
  } = options;
  signal?.throwIfAborted();
  const file = await chooseFile(options, env);
  const source = await readConfigFile(file, { clock, timeoutMs, signal });
  const fileReport = new LayerReport(basename(file), source);
  const fileLayer = source.problems.length > 0 ? EMPTY_LAYER : readGuarded(source.value, fileReport);
  const environment = readTextLayer(
    { selections: env['ONEIRIC_SELECTIONS'], stackOrder: env['ONEIRIC_STACK_ORDER'] },
    {
      selections: { kind: 'environment', variable: 'ONEIRIC_SELECTIONS' },
      stackOrder: { kind: 'environment', variable: 'ONEIRIC_STACK_ORDER' },
    },
  );
  const flagged = readTextLayer(flags, {
    selections: { kind: 'flag', flag: '--select' },
    stackOrder: { kind: 'flag', flag: '--stack-order' },
  });
  const problems = [
    ...source.problems,
    ...fileReport.problems,
    ...environment.report.problems,
    ...flagged.report.problems,
  ];
  if (problems.length > 0)
    throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_INVALID', { file: basename(file), problems });
  const merged = mergeLayers([fileLayer, environment.layer, flagged.layer]);
  return { ...merged, file, projectDir: dirname(file), notices: fileReport.notices };
}

async function chooseFile(
  options: LoadConfigOptions,
  env: NonNullable<LoadConfigOptions['env']>,
): Promise<string> {
  const cwd = resolve(options.cwd ?? '.');
  const named = options.file ?? env['ONEIRIC_CONFIG'];
  if (named !== undefined && named !== '') return resolve(cwd, named);
  const found = await findConfig(cwd);
  if (found === undefined) throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_NOT_FOUND', { startDir: cwd });
  return found;
}

/** A configuration is a live object where a module made it: reading one of its properties may run code that throws. */
function readGuarded(value: unknown, report: LayerReport): ConfigLayer {
  try {
    return readConfigValue(value, report);
  } catch (error) {
    report.wrong([], `an object that throws when it is read (${String(error)})`, 'plain values');
    return EMPTY_LAYER;
  }
}
