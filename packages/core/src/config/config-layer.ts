import type { CandidateInput } from '../decision/candidate.js';
import type { Selection } from '../decision/selection.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import type { SettingsEntry } from './settings-tree.js';

/** A value and where it was set. */
export interface Sourced<T> {
  readonly value: T;
  readonly origin: ValueOrigin;
}

/** What one layer sets: the file, the environment or the flags. Every value knows where it was written. */
export interface ConfigLayer {
  /** By `domain/key`. */
  readonly selections: ReadonlyMap<string, SelectedProvider>;
  /** By package. */
  readonly stackOrder: ReadonlyMap<string, Sourced<number>>;
  readonly defaultPriority: Sourced<number> | undefined;
  readonly candidates: readonly CandidateInput[];
  readonly plugins: Sourced<readonly string[] | false> | undefined;
  readonly pluginTimeoutMs: Sourced<number> | undefined;
  readonly allowedPackages: Sourced<readonly string[]> | undefined;
  readonly settings: readonly SettingsEntry[];
}

export interface SelectedProvider {
  readonly domain: string;
  readonly key: string;
  readonly selection: Selection;
}

export const EMPTY_LAYER: ConfigLayer = {
  selections: new Map(),
  stackOrder: new Map(),
  defaultPriority: undefined,
  candidates: [],
  plugins: undefined,
  pluginTimeoutMs: undefined,
  allowedPackages: undefined,
  settings: [],
};
