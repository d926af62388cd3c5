import type { Candidate } from '../decision/candidate.js';
import type { RegistryChange } from './registry-change.js';
import type { RegistrySnapshot } from './registry-snapshot.js';

/** One commit. */
export interface ChangedEvent {
  readonly revision: number;
  readonly changes: readonly RegistryChange[];
  readonly snapshot: RegistrySnapshot;
}

/** A key whose winner of the plain request is another one than before. */
export interface DecisionChange {
  readonly domain: string;
  readonly key: string;
  readonly previous: Candidate | undefined;
  readonly winner: Candidate | undefined;
}

/** One commit that changed at least one winner. */
export interface DecisionChangedEvent extends ChangedEvent {
  readonly decisions: readonly DecisionChange[];
}

/** What a registry tells about its commits: after publication, outside the lock, in revision order. */
export interface RegistryEvents {
  readonly changed: ChangedEvent;
  readonly 'decision-changed': DecisionChangedEvent;
}
