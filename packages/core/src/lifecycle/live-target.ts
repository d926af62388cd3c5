import type { OneiricError } from '../errors/oneiric-error.js';
import type { Component } from './component.js';

/** What a live handle needs of the key that it stands for. */
export interface LiveTarget<T = unknown> {
  readonly domain: string;
  readonly key: string;
  /** What runs, also while calls have to wait. */
  readonly current: Component<T> | undefined;
  /** What a call gets now; undefined while calls wait, and where nothing runs. */
  readonly serving: Component<T> | undefined;
  /**
   * Resolves with what to call as soon as there is something: waits while calls are held, and starts what was never
   * started. The component is leased already; whoever gets it ends the lease.
   */
  admit(signal: AbortSignal | undefined): Promise<Component<T>>;
  /** Why a call that cannot wait gets nothing, and what to do. */
  refusal(): OneiricError;
}
