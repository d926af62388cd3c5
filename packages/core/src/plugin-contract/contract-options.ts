import { resolve } from 'node:path';

import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { isPluginTimeout, PLUGIN_TIMEOUT } from '../plugins/plugin-timeout.js';
import { isObject } from '../registry/read-field.js';
import { CONTRACT_ERRORS } from './contract-errors.js';

/** What the checks need to know about a plugin. */
export interface PluginContractOptions {
  /** The folder of the package, absolute or relative to the working directory. What is built has to be built before. */
  readonly folder: string;
  /** As in `oneiric.config.*`: by domain, key and provider. A text `env:NAME` or `file:path` refers to a secret. */
  readonly settings?: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;
  /**
   * A module whose default export is a list of candidates that those of the plugin inject or require; its path, relative
   * to `folder`. It is not part of the package.
   */
  readonly companions?: string;
  /**
   * What is packed, relative to `folder`, where another tool than npm packs it. Default: what `npm pack` would, which is
   * asked.
   */
  readonly files?: readonly string[];
  /** Names that dependencies of the plugin add to `globalThis`, which is not held against it. */
  readonly globals?: readonly string[];
  /** How long the import, `setup`, the cleanup and the building of an instance may each take, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number;
}

/** The options with all defaults filled in. */
export interface ContractSettings {
  /** Absolute. */
  readonly folder: string;
  readonly settings: NonNullable<PluginContractOptions['settings']>;
  /** Absolute. */
  readonly companions: string | null;
  /** Null: npm is asked. */
  readonly files: readonly string[] | null;
  readonly globals: readonly string[];
  readonly timeoutMs: number;
}

type Checks = Readonly<Record<keyof PluginContractOptions, readonly [string, (value: unknown) => boolean]>>;

const OPTIONS: Checks = {
  folder: ['the path of a folder', (value) => typeof value === 'string' && value !== ''],
  settings: ['settings by domain, key and provider, as data', isData],
  companions: ['the path of a module', (value) => typeof value === 'string' && value !== ''],
  files: ['a list of paths', isTexts],
  globals: ['a list of names', isTexts],
  timeoutMs: ['a whole number of milliseconds from 1 to 600,000', isPluginTimeout],
};

/** @throws `ONEIRIC_CONTRACT_OPTION_INVALID` */
export function contractSettings(options: PluginContractOptions): ContractSettings {
  if (!isObject(options)) throw invalid('options', options, 'an object { folder, … }');
  const names = Object.keys(OPTIONS);
  for (const name of Object.keys(options)) {
    const nearest = nearestName(name, names);
    const meant = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    if (!names.includes(name)) throw invalid(name, options, `nothing but ${names.join(', ')}${meant}`);
  }
  for (const [name, [expected, is]] of Object.entries(OPTIONS)) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    if (!is(value) && (value !== undefined || name === 'folder')) throw invalid(name, value, expected);
  }
  const folder = resolve(options.folder);
  const {
    settings = {},
    companions,
    files = null,
    globals = [],
    timeoutMs = PLUGIN_TIMEOUT.default,
  } = options;
  return {
    folder,
    settings,
    companions: companions === undefined ? null : resolve(folder, companions),
    files,
    globals,
    timeoutMs,
  };
}

function invalid(option: string, value: unknown, expected: string): Error {
  const found = describeValue(value);
  return createError(CONTRACT_ERRORS, 'ONEIRIC_CONTRACT_OPTION_INVALID', { option, found, expected });
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

/** They are sent to another process. */
function isData(value: unknown): boolean {
  if (!isObject(value)) return false;
  try {
    structuredClone(value);
    return true;
  } catch {
    return false;
  }
}
