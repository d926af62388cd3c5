import type { CandidateInput } from '../decision/candidate.js';
import type { OneiricError } from '../errors/oneiric-error.js';
import type { OfferedName } from './offered-name.js';
import type { PlannedPlugin } from './plan-plugins.js';
import type { Cleanup } from './plugin-cleanup.js';
import type { PluginReason } from './plugin-report.js';

interface Staged {
  readonly plan: PlannedPlugin;
  readonly generation: number;
  readonly durationMs: number;
}

/** It is imported and set up; nothing of it is in the registry. */
export interface ReadyPlugin extends Staged {
  readonly state: 'loaded';
  readonly name: string;
  /** Checked, each with its source. */
  readonly candidates: readonly CandidateInput[];
  readonly cleanup: Cleanup | undefined;
  /** Aborts the signal that its setup got. */
  readonly end: () => void;
}

export interface FailedPlugin extends Staged {
  readonly state: 'failed';
  readonly name: string | null;
  readonly reason: PluginReason;
  readonly error: OneiricError;
  /** What it would have offered. */
  readonly offered: readonly OfferedName[];
}

export interface SkippedPlugin extends Staged {
  readonly state: 'skipped';
}

/** A plugin as it is before the commit: outside every lock, and undone by its cleanup alone. */
export type StagedPlugin = ReadyPlugin | FailedPlugin | SkippedPlugin;
