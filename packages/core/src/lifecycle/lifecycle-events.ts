import type { Candidate } from '../decision/candidate.js';
import type { Operation, Phase } from './phase.js';
import type { SwapReport } from './swap-report.js';

interface Subject {
  readonly domain: string;
  readonly key: string;
}

/** One phase of one instance has begun or ended: what progress is drawn from. */
export interface PhaseEvent extends Subject {
  readonly operation: Operation;
  readonly phase: Phase;
  readonly provider: string;
  /** `failed`: it threw, took too long, was given up, or a health check said no. */
  readonly state: 'began' | 'ended' | 'failed';
  /** Null while it has not ended. */
  readonly durationMs: number | null;
}

/** What a lifecycle tells about what it does: after it was done, in the order in which it was done. */
export interface LifecycleEvents {
  readonly activated: Subject & { readonly candidate: Candidate; readonly durationMs: number };
  readonly swapped: SwapReport;
  readonly deactivated: Subject & { readonly candidate: Candidate };
  /** An operation failed, or a phase after the binding did, or a listener to decisions could not follow one. */
  readonly failed: Subject & {
    readonly operation: Operation;
    readonly provider: string | null;
    readonly error: unknown;
  };
  readonly 'health-changed': Subject & { readonly candidate: Candidate; readonly isHealthy: boolean };
  /** `reason`: as who paused it says, without what looks like a secret; null where nobody said. */
  readonly paused: Subject & { readonly candidate: Candidate; readonly reason: string | null };
  readonly resumed: Subject;
  /** Nothing wins any more; what runs goes on serving. */
  readonly withdrawn: Subject & { readonly candidate: Candidate };
  readonly phase: PhaseEvent;
  /** The status file could not be written or read. */
  readonly 'status-file-failed': { readonly file: string; readonly error: unknown };
}

export type LifecycleEvent = keyof LifecycleEvents;
