import type { Candidate } from '../decision/candidate.js';
import type { Key } from '../foundation/key.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import type { Slot } from '../lifecycle/slot.js';
import type { InjectedKey } from './injected-keys.js';

/** A singleton that was given, and when the same is to be given again. */
export interface LastGiven<T> {
  readonly winner: Candidate | undefined;
  /** Of the component that served. */
  readonly serial: number;
  readonly given: T;
}

/** What a resolver knows of one key. */
export interface KeyEntry<T = unknown> {
  readonly key: Key<T>;
  readonly slot: Slot;
  readonly handle: LiveHandle<T>;
  last: LastGiven<T> | undefined;
  /** What the candidate is given that nothing was found wrong with last. */
  needs: { readonly candidate: Candidate; readonly entries: readonly NeededEntry[] } | undefined;
  /** The revision at which nothing was found wrong with what it needs; what is the same need not be looked at again. */
  soundAt: number;
}

/** One thing that a candidate is given. */
export interface NeededEntry extends InjectedKey {
  readonly entry: KeyEntry;
}
