import type { OneiricError } from '../errors/oneiric-error.js';
import type { SourcePlace } from '../foundation/source-place.js';

/**
 * Why a plugin is not loaded. Nothing of it is imported for `NOT_INSTALLED` to `CORE_UNSUPPORTED`, which its
 * package.json says: then it is skipped, or failed where the package is broken (`MANIFEST_INVALID`, `ENTRY_INVALID`). For
 * the others it is failed, and this is the end of the code of its error.
 */
export type PluginReason =
  | 'NOT_INSTALLED'
  | 'MANIFEST_INVALID'
  | 'UNDECLARED'
  | 'ENTRY_INVALID'
  | 'OS_UNSUPPORTED'
  | 'CPU_UNSUPPORTED'
  | 'NODE_UNSUPPORTED'
  | 'CORE_UNSUPPORTED'
  | 'IMPORT_FAILED'
  | 'INVALID'
  | 'SETUP_FAILED'
  | 'TIMEOUT'
  | 'NAME_TAKEN';

/** `loaded`: its candidates are offered. `skipped`: it was not imported. `unloaded`: it was loaded, and let go. */
export type PluginState = 'loaded' | 'skipped' | 'failed' | 'unloaded';

/** What became of one plugin. */
export interface PluginReport {
  readonly package: string;
  readonly version: string | null;
  /** The module that its package.json names under `oneiric.plugin`, as it is written. */
  readonly entry: string | null;
  /** What the plugin calls itself; null where that was not learnt. */
  readonly name: string | null;
  readonly state: PluginState;
  /** Null for one that is loaded or was unloaded. */
  readonly reason: PluginReason | null;
  /** Half a sentence for people: what is the matter, also with one that is loaded. Null where all is well. */
  readonly detail: string | null;
  /** Where its import or setup failed, below the name of the package; null where that is not known. */
  readonly at: SourcePlace | null;
  /** With a failed one why; with one that was unloaded or reloaded what the cleanup failed with. */
  readonly error: OneiricError | null;
  /** How many candidates of it the registry has, those that are only marked `LOAD_FAILED` included. */
  readonly candidates: number;
  /** 1 for the first load, 2 for the first reload, …; 0 where it was never imported. */
  readonly generation: number;
  /** From the start of its import to the end of its setup. */
  readonly durationMs: number;
}
