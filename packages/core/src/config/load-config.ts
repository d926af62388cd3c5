import { basename, dirname } from 'node:path';

import type { CandidateInput } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import { type Clock, systemClock } from '../foundation/clock.js';
import { describeThrown } from '../foundation/describe-thrown.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { wantsPlugins } from '../plugins/plan-plugins.js';
import { type ChooseConfigOptions, type ChosenConfig, chooseConfig, variable } from './choose-config.js';
import { CONFIG_ERRORS } from './config-errors.js';
import { EMPTY_LAYER, type Sourced } from './config-layer.js';
import type { ConfigProblem } from './config-problem.js';
import { EXPECTED } from './config-words.js';
import { LayerReport } from './layer-report.js';
import type { LoadedConfig } from './loaded-config.js';
import { layerValues } from './layer-values.js';
import { mergeLayers } from './merge-layers.js';
import { fromModule, readConfigFile } from './read-config-file.js';
import { type FileLayers, readFileLayers } from './read-config-value.js';
import { SettingsTable } from './settings-table.js';
import { settleSettings } from './settle-settings.js';
import { readTextLayer, type TextSettings } from './read-text-layer.js';

export interface LoadConfigOptions extends ChooseConfigOptions {
  /** The name of one of the file's `environments`; without it `ONEIRIC_ENV`, and without that none of them. */
  readonly environment?: string;
  /** What the command line sets; it counts above everything else. */
  readonly flags?: TextSettings;
  /** What the program registers itself, beside the configuration: settings for these are no mistake. */
  readonly candidates?: readonly CandidateInput[];
  /**
   * What a reference to a secret that is not there is: a problem of the configuration, or for who only asks what wins,
   * a remark, with which `settings.of` refuses the candidates that need it. Default: `refuse`.
   */
  readonly missingSecrets?: 'refuse' | 'note';
  /** What settings for what nobody offers are: a problem of the configuration, or a remark. Default: `refuse`. */
  readonly unknownSettings?: 'refuse' | 'note';
  /** Milliseconds that a configuration module, and each schema of settings, may take. Default: 10,000. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  /** Ends the wait for a configuration module; what the module does goes on. */
  readonly signal?: AbortSignal;
}

type Environment = NonNullable<LoadConfigOptions['env']>;

const DEFAULT_TIMEOUT_MS = 10_000;

/**
 * Loads a project's configuration: defaults < file < the chosen environment of the file < variables
 * (`ONEIRIC_SELECTIONS`, `ONEIRIC_STACK_ORDER`) < flags. A layer replaces single selections, packages and settings;
 * every value keeps the place where it was set. A variable that is blank is unset; a flag that is blank is refused.
 *
 * A project whose direct dependencies include a plugin needs no file: without one its configuration is the empty one.
 *
 * A configuration in TypeScript or JavaScript is code, and loading it runs it. Nothing is loaded from a factory
 * reference: it is only checked; and no plugin: settings for what nobody else offers are a remark where plugins may. Not promised: that a synchronous endless loop in a module or a schema is interrupted.
 *
 * @throws `ONEIRIC_CONFIG_INVALID` with all problems of all layers at once, those of environments that were not
 *   chosen included; before that `ONEIRIC_CONFIG_NOT_FOUND`, `…_AMBIGUOUS`, `…_FORMAT`, `…_UNREADABLE`, and for a
 *   module `…_THREW`, `…_TIMEOUT`, `…_IMPORT`, `…_EXPORT`; the signal's reason
 */
export function loadConfig(options: LoadConfigOptions = {}): Promise<LoadedConfig> {
  return readLayers(options);
}

export interface ReadLayersOptions {
  /** The outcome of `chooseConfig`, where that was asked before. */
  readonly chosen?: ChosenConfig;
  /** Runs a module again although it ran before. Default: false. */
  readonly isAnew?: boolean;
  /** Asked once everything else about the configuration is known to be right. Default: nothing is known of plugins. */
  readonly offerOfPlugins?: ((wanted: WantedPlugins) => Promise<PluginOffers>) | undefined;
}

/** As `loadConfig`. */
export async function readLayers(
  options: LoadConfigOptions,
  { chosen: given, isAnew = false, offerOfPlugins = unknownPlugins }: ReadLayersOptions = {},
): Promise<LoadedConfig> {
  const {
    env = process.env,
    flags = {},
    clock = systemClock,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    signal,
    unknownSettings = 'refuse',
  } = options;
  signal?.throwIfAborted();
  const { file, config: whole, isFile } = given ?? (await chooseConfig(options));
  const source =
    whole === undefined
      ? await readConfigFile(file, { clock, timeoutMs, signal, isAnew })
      : fromModule(file, whole);
  const fileReport = new LayerReport(basename(file), source);
  const { base, environments } = source.isReadable ? readGuarded(source.value, fileReport) : NO_LAYERS;
  const names = [...environments.keys()];
  const choice = chooseEnvironment(options, env);
  const chosen = choice && environments.get(choice.value);
  const isUnknown = choice !== undefined && chosen === undefined && source.isReadable;
  const variables = readTextLayer(
    { selections: variable(env, 'ONEIRIC_SELECTIONS'), stackOrder: variable(env, 'ONEIRIC_STACK_ORDER') },
    {
      selections: { kind: 'environment', variable: 'ONEIRIC_SELECTIONS' },
      stackOrder: { kind: 'environment', variable: 'ONEIRIC_STACK_ORDER' },
    },
  );
  const flagged = readTextLayer(flags, {
    selections: { kind: 'flag', flag: '--select' },
    stackOrder: { kind: 'flag', flag: '--stack-order' },
  });
  const told = new Set(source.problems.map(({ path }) => path).filter((path) => path !== ''));
  const problems = [
    ...source.problems,
    ...fileReport.problems.filter(({ path }) => !told.has(path)),
    ...(isUnknown ? [unknownEnvironment(choice, names, basename(file))] : []),
    ...variables.report.problems,
    ...flagged.report.problems,
  ];
  const fileLayers = chosen === undefined ? [base] : [base, chosen];
  const layers = [...fileLayers.map(({ layer }) => layer), variables.layer, flagged.layer];
  const { config, origins, settings } = mergeLayers(layers);
  const written = new Map(Array.from(settings, ([name, entry]) => [name, entry.settings]));
  const folder = dirname(file);
  const table = new SettingsTable(written, fileReport.placeOf([]), { env, folder }, { clock, timeoutMs });
  const plugins = problems.length > 0 ? NO_PLUGINS : await offerOfPlugins({ config, projectDir: folder });
  const offered = [...plugins.candidates, ...config.candidates, ...(options.candidates ?? [])];
  const settled = await settleSettings(settings, table, offered, {
    signal,
    unknown: problems.length > 0 ? 'ignore' : plugins.isComplete ? unknownSettings : 'note',
    arePluginsOff: config.plugins === false,
    missingSecrets: options.missingSecrets ?? 'refuse',
  });
  problems.push(...settled.problems);
  if (problems.length > 0)
    throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_INVALID', { file: basename(file), problems });
  return {
    config,
    origins: choice === undefined ? origins : new Map([...origins, ['environment', choice.origin]]),
    layers: layerValues(layers),
    settings: { of: (owner, settingsOptions) => table.of(owner, settingsOptions), problems: settled.pending },
    file: isFile ? file : undefined,
    projectDir: folder,
    environment: choice?.value,
    environments: names,
    notices: [...fileLayers.flatMap(({ notices }) => notices), ...settled.notices],
  };
}

/** Which plugins a configuration wants. */
export type WantedPlugins = Pick<LoadedConfig, 'config' | 'projectDir'>;

/** What plugins offer, as far as that is known. */
export interface PluginOffers {
  readonly candidates: readonly CandidateInput[];
  /** Whether there is nothing that they might offer besides. */
  readonly isComplete: boolean;
}

const NO_PLUGINS: PluginOffers = { candidates: [], isComplete: true };

/** Plugins that are wanted and not loaded, so that what they offer is not known. */
async function unknownPlugins({ config, projectDir }: WantedPlugins): Promise<PluginOffers> {
  return { candidates: [], isComplete: !(await wantsPlugins(projectDir, config.plugins)) };
}

const NO_LAYERS: FileLayers = { base: { layer: EMPTY_LAYER, notices: [] }, environments: new Map() };

/** The environment that was asked for, and by whom: the flag counts above the variable. */
function chooseEnvironment(
  { environment }: LoadConfigOptions,
  env: Environment,
): Sourced<string> | undefined {
  if (environment !== undefined) return { value: environment, origin: { kind: 'flag', flag: '--env' } };
  const value = variable(env, 'ONEIRIC_ENV')?.trim();
  if (value === undefined) return undefined;
  return { value, origin: { kind: 'environment', variable: 'ONEIRIC_ENV' } };
}

function unknownEnvironment(
  { value, origin }: Sourced<string>,
  known: readonly string[],
  file: string,
): ConfigProblem {
  const nearest = nearestName(value, known);
  return {
    path: '',
    origin,
    found: `the environment ${describeValue(value)}`,
    expected: EXPECTED.environmentName(known, file),
    ...(nearest === undefined ? {} : { nearest }),
    excerpt: [],
  };
}

/** A configuration is a live object where a module made it: reading one of its properties may run code that throws. */
function readGuarded(value: unknown, report: LayerReport): FileLayers {
  try {
    return readFileLayers(value, report);
  } catch (error) {
    report.wrong([], `an object that throws when it is read (${describeThrown(error)})`, 'plain values');
    return NO_LAYERS;
  }
}
