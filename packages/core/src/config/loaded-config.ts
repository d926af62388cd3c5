import type { CandidateInput } from '../decision/candidate.js';
import type { Selection } from '../decision/selection.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import type { ConfigNotice } from './layer-report.js';

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
}

/** What `loadConfig` found. */
export interface LoadedConfig {
  readonly config: NormalConfig;
  /**
   * Where each value was set, by its path in `config`: `selections.adapter.cache`. Under `environment` stands what
   * chose the environment, where one was chosen.
   */
  readonly origins: ReadonlyMap<string, ValueOrigin>;
  /** The environment of the file that is in force; undefined where none was asked for. */
  readonly environment: string | undefined;
  /** The names of all environments that the file has, in its order. */
  readonly environments: readonly string[];
  /** The configuration file, absolute. */
  readonly file: string;
  /** Its folder, which files in reports are relative to. */
  readonly projectDir: string;
  /** What is set but not acted on. */
  readonly notices: readonly ConfigNotice[];
}
