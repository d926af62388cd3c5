import { resolve } from 'node:path';

import { createError } from '../errors/oneiric-error.js';
import { type Clock, systemClock } from '../foundation/clock.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { ownVersion } from '../foundation/own-version.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import { attempt, isObject } from '../registry/read-field.js';
import { isPackageName } from '../security/package-name.js';
import { ReferenceLoader } from '../security/reference-loader.js';
import { PLUGIN_ERRORS } from './plugin-errors.js';
import type { RunPlugin } from './plugin-code.js';
import type { PluginPlatform } from './plugin-fit.js';
import { isPluginTimeout, PLUGIN_TIMEOUT } from './plugin-timeout.js';
import type { StageOptions } from './stage-plugin.js';

/** How plugins are found and loaded. */
export interface LoadPluginsOptions {
  /** The folder of the project; packages are looked for in its `node_modules` and those above. */
  readonly projectDir: string;
  /** The packages whose plugins are loaded; `false` for none. Default: the direct dependencies that declare one. */
  readonly plugins?: readonly string[] | false | undefined;
  /** The packages that references to factories may lead into. Default: the direct dependencies. A plugin may use its own. */
  readonly allowedPackages?: readonly string[] | undefined;
  /** Milliseconds that the import, the setup and the cleanup of a plugin may take each, 1…600,000. Default: 10,000. */
  readonly timeoutMs?: number | undefined;
  /** Calls the load off: what was set up is cleaned up, and nothing is left in the registry. */
  readonly signal?: AbortSignal | undefined;
  /** Called with the packages whose plugins are being imported or set up, whenever that changes; at last with none. */
  readonly onPending?: ((packages: readonly string[]) => void) | undefined;
  /**
   * Calls each piece of code of a plugin, its import, setup and cleanup: for who wants to tell by an asynchronous context
   * of his own from which plugin an error comes that nobody awaits. Default: it is just called.
   */
  readonly runPlugin?: RunPlugin | undefined;
  /** Where time comes from. Default: the machine's clock. */
  readonly clock?: Clock | undefined;
}

export interface PluginSettings extends StageOptions {
  readonly plugins: readonly string[] | false | undefined;
  readonly platform: PluginPlatform;
}

type Expected = readonly [expected: string, is: (value: unknown) => boolean];

const FUNCTION: Expected = ['a function', (value) => typeof value === 'function'];

const EXPECTED: Readonly<Record<keyof LoadPluginsOptions, Expected>> = {
  projectDir: ['the path of a folder', isFolder],
  plugins: ['a list of packages, or false', (value) => value === false || isPackageList(value)],
  allowedPackages: ['a list of packages', isPackageList],
  timeoutMs: ['a whole number of milliseconds in 1…600000', isPluginTimeout],
  onPending: FUNCTION,
  runPlugin: FUNCTION,
  signal: ['an AbortSignal', (value) => value instanceof AbortSignal],
  clock: ['a clock', (value) => isObject(value) && typeof value['after'] === 'function'],
};

function isFolder(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isPackageList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isPackageName);
}

/** Checks the options and fills in the defaults. @throws `ONEIRIC_PLUGIN_OPTION_INVALID` */
export function readPluginOptions(options: LoadPluginsOptions): PluginSettings {
  if (!isObject(options)) throw invalid('options', options, 'an object { projectDir, … }');
  const names = Object.keys(EXPECTED);
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(EXPECTED, name)) {
      const nearest = nearestName(name, names);
      throw invalid(
        describeValue(name),
        value,
        nearest === undefined ? `one of ${names.join(', ')}` : `"${nearest}"`,
      );
    }
    const [expected, is] = EXPECTED[name as keyof LoadPluginsOptions];
    if (value !== undefined && attempt(() => is(value)) !== true) throw invalid(name, value, expected);
  }
  const {
    projectDir,
    plugins,
    allowedPackages,
    timeoutMs = PLUGIN_TIMEOUT.default,
    signal,
    clock,
    onPending,
    runPlugin,
  } = options;
  const folder = readProjectDir(projectDir);
  return {
    projectDir: folder,
    plugins,
    timeoutMs,
    signal,
    onPending,
    runPlugin,
    clock: clock ?? systemClock,
    loader: new ReferenceLoader({
      projectDir: folder,
      ...(allowedPackages === undefined ? {} : { packages: allowedPackages }),
    }),
    platform: { os: process.platform, cpu: process.arch, node: process.versions.node, core: ownVersion() },
  };
}

/** The folder of a project, absolute. @throws `ONEIRIC_PLUGIN_OPTION_INVALID` */
export function readProjectDir(projectDir: unknown): string {
  if (isFolder(projectDir)) return resolve(projectDir);
  throw invalid('projectDir', projectDir, EXPECTED.projectDir[0]);
}

/** By what it does, not by its class: it may be of another copy of the package. @throws as `readProjectDir` */
export function assertRegistry(registry: unknown): asserts registry is CandidateRegistry {
  const { transaction, replaceSource } = Object(registry) as Readonly<Record<string, unknown>>;
  if (typeof transaction === 'function' && typeof replaceSource === 'function') return;
  throw invalid('registry', registry, 'a CandidateRegistry');
}

/** The signal among the options of a reload. @throws `ONEIRIC_PLUGIN_OPTION_INVALID` */
export function readReloadSignal(options: unknown): AbortSignal | undefined {
  if (!isObject(options)) throw invalid('options', options, 'an object { signal }');
  const { signal } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw invalid('signal', signal, EXPECTED.signal[0]);
  return signal;
}

function invalid(option: string, value: unknown, expected: string): Error {
  return createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_OPTION_INVALID', {
    option,
    found: describeValue(value),
    expected,
  });
}
