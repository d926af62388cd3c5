import type { Candidate } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import type { Key } from '../foundation/key.js';
import { cleanUp } from '../lifecycle/clean-up.js';
import { LIFECYCLE_ERRORS } from '../lifecycle/lifecycle-errors.js';
import type { LifecycleSettings } from '../lifecycle/lifecycle-options.js';
import { runPhase } from '../lifecycle/run-phase.js';

/** One instance of a scope: there, or being built. */
export type ScopedInstance =
  | { readonly state: 'built'; readonly candidate: Candidate; readonly instance: unknown }
  | { readonly state: 'building'; readonly candidate: Candidate; readonly promise: Promise<unknown> };

/**
 * The instances of one scope, one for each key: whoever was built first for it stays, also when the decision changes,
 * until the scope ends.
 */
export class ScopeInstances {
  readonly #byKey = new Map<Key, ScopedInstance>();
  /** In the order in which they were finished; what one is given was finished before it. */
  readonly #built: { readonly candidate: Candidate; readonly instance: unknown }[] = [];

  readonly #settings: LifecycleSettings;

  constructor(settings: LifecycleSettings) {
    this.#settings = settings;
  }

  find(key: Key): ScopedInstance | undefined {
    return this.#byKey.get(key);
  }

  keep(key: Key, candidate: Candidate, instance: unknown): void {
    this.#byKey.set(key, { state: 'built', candidate, instance });
    this.#built.push({ candidate, instance });
  }

  /** Notes what is being built, for everybody who asks meanwhile; forgotten where it fails, so that one may try again. */
  async keepSoon(key: Key, candidate: Candidate, promise: Promise<unknown>): Promise<unknown> {
    this.#byKey.set(key, { state: 'building', candidate, promise });
    try {
      const instance = await promise;
      this.keep(key, candidate, instance);
      return instance;
    } catch (error) {
      this.#byKey.delete(key);
      throw error;
    }
  }

  /** Waits for what is being built, then closes everything in reverse order, each for `timeouts.cleanupMs` at most. */
  async dispose(): Promise<void> {
    const building = [...this.#byKey.values()].flatMap((each) =>
      each.state === 'building' ? [each.promise] : [],
    );
    await Promise.allSettled(building);
    this.#byKey.clear();
    const { clock, timeouts } = this.#settings;
    const timeoutMs = timeouts.cleanupMs;
    const errors: unknown[] = [];
    for (let last = this.#built.pop(); last !== undefined; last = this.#built.pop()) {
      const { candidate, instance } = last;
      try {
        await runPhase(() => cleanUp(instance), {
          clock,
          timeoutMs,
          signal: undefined,
          timedOut: () => tooLong(candidate, timeoutMs),
        });
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) {
      throw new AggregateError(errors, `${errors.length} of a scope's components could not be closed.`);
    }
  }
}

function tooLong({ domain, key, provider }: Candidate, timeoutMs: number): Error {
  const details = { domain, key, provider, phase: 'cleanup', timeoutMs } as const;
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_TIMEOUT', details);
}
