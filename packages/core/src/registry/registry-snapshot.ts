import type { Candidate } from '../decision/candidate.js';
import type { Explanation } from '../decision/explanation.js';
import type { ResolveRequest } from '../decision/request.js';
import type { Key } from '../foundation/key.js';
import {
  explainIn,
  type ExplainRequest,
  keysIn,
  listActiveIn,
  listShadowedIn,
  readTarget,
  type RegistryReads,
  requireIn,
  resolveIn,
} from './registry-reads.js';
import type { RegistryState } from './registry-state.js';

/**
 * One state of a registry for good: whatever is registered later, every read gives what it gave at `revision`.
 * Making one costs the same however large the registry is.
 */
export class RegistrySnapshot implements RegistryReads {
  readonly #state: RegistryState;

  /** @internal Made by `registry.snapshot()` and `readSnapshotJson`. */
  constructor(state: RegistryState) {
    this.#state = state;
  }

  /** @internal */
  get state(): RegistryState {
    return this.#state;
  }

  get revision(): number {
    return this.#state.revision;
  }

  resolve<T>(key: Key<T>, request?: ResolveRequest): Candidate<T> | undefined;
  resolve(domain: string, key: string, request?: ResolveRequest): Candidate | undefined;
  resolve(
    first: string | Key,
    second?: string | ResolveRequest,
    third?: ResolveRequest,
  ): Candidate | undefined {
    return resolveIn(this.#state, readTarget(first, second, third));
  }

  require<T>(key: Key<T>, request?: ResolveRequest): Candidate<T>;
  require(domain: string, key: string, request?: ResolveRequest): Candidate;
  require(first: string | Key, second?: string | ResolveRequest, third?: ResolveRequest): Candidate {
    return requireIn(this.#state, readTarget(first, second, third));
  }

  explain(key: Key, request?: ExplainRequest): Explanation;
  explain(domain: string, key: string, request?: ExplainRequest): Explanation;
  explain(first: string | Key, second?: string | ExplainRequest, third?: ExplainRequest): Explanation {
    return explainIn(this.#state, readTarget(first, second, third));
  }

  listActive(domain?: string): readonly Candidate[] {
    return listActiveIn(this.#state, domain);
  }

  listShadowed(domain?: string): readonly Candidate[] {
    return listShadowedIn(this.#state, domain);
  }

  keys(domain?: string): readonly { readonly domain: string; readonly key: string }[] {
    return keysIn(this.#state, domain);
  }
}
