import type { StandardSchemaV1 } from '@standard-schema/spec';

import type { CandidateInput } from '../decision/candidate.js';
import type { Selection } from '../decision/selection.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import type { JsonObject } from '../foundation/json.js';
import type { ConfigProblem } from './config-problem.js';
import type { ConfigNotice } from './layer-report.js';
import type { LayerValue } from './layer-values.js';

/** A configuration after all layers: everything filled in, checked, and in one form. */
export interface NormalConfig {
  readonly selections: Readonly<
    Record<string, Readonly<Record<string, Pick<Selection, 'provider' | 'policy'>>>>
  >;
  readonly stackOrder: Readonly<Record<string, number>>;
  readonly defaultPriority: number;
  /** Each with a source: its own, or the configuration file and the place in it. */
  readonly candidates: readonly CandidateInput[];
  /** Undefined: those among the project's dependencies. */
  readonly plugins: readonly string[] | false | undefined;
  readonly pluginTimeoutMs: number;
  /** Undefined: the project's direct dependencies. */
  readonly allowedPackages: readonly string[] | undefined;
  /**
   * By domain, key and provider, as they may be shown: of a secret the reference (`env:REDIS_URL`), and
   * `[redacted]` for a literal that looks like one. What factories get is in `LoadedConfig.settings`.
   */
  readonly settings: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, JsonObject>>>>>>;
}

/** What settings are for: a candidate, registered or not. */
export interface SettingsOwner<S = unknown> {
  readonly domain: string;
  readonly key: string;
  /** Default: `default`. */
  readonly provider?: string;
  readonly settings?: StandardSchemaV1<unknown, S> | undefined;
}

/** What keeps one candidate from starting, and nothing from being decided. */
export interface SettingsProblem extends ConfigProblem {
  readonly owner: { readonly domain: string; readonly key: string; readonly provider: string };
  /** The setting, below the settings of the candidate: `url`; empty for all of them. */
  readonly setting: string;
}

/** The settings as factories get them. Printing this prints none of them. */
export interface ProviderSettings {
  /**
   * The settings of a candidate: secrets in their places, and what its schema makes of them; without a schema, frozen
   * data as it is written. Where the configuration sets nothing for it, the schema is asked about `{}`. What passed
   * once is not checked again; what did not may pass later, when a secret is there.
   *
   * @throws `ONEIRIC_CONFIG_SETTINGS` where the schema refuses them, does not answer within the time that a
   *   configuration may take to load, or a secret is not there; the signal's reason
   */
  of<S>(owner: SettingsOwner<S>, options?: { readonly signal?: AbortSignal }): Promise<S>;
  /**
   * What will keep single candidates from starting, and nothing from being decided: secrets that are not there (with
   * `missingSecrets: 'note'`), and candidates for which nothing is set and whose schema wants something.
   */
  readonly problems: readonly SettingsProblem[];
}

/** What `loadConfig` found. */
export interface LoadedConfig {
  readonly config: NormalConfig;
  /**
   * Where each value was set, by its path in `config`: `selections.adapter.cache`. Under `environment` stands what
   * chose the environment, where one was chosen.
   */
  readonly origins: ReadonlyMap<string, ValueOrigin>;
  /** What each layer gave for each of these, lowest first; the last one counts. */
  readonly layers: ReadonlyMap<string, readonly LayerValue[]>;
  /** The environment of the file that is in force; undefined where none was asked for. */
  readonly environment: string | undefined;
  /** The names of all environments that the file has, in its order. */
  readonly environments: readonly string[];
  /** The configuration file, absolute; undefined where there is none, and plugins alone make the project. */
  readonly file: string | undefined;
  /** The providers' settings, secrets included. */
  readonly settings: ProviderSettings;
  /** The folder of the file, or of package.json where there is none. Files in reports are relative to it. */
  readonly projectDir: string;
  /** What is set but not acted on. */
  readonly notices: readonly ConfigNotice[];
}
