import type { Candidate, Factory } from '../decision/candidate.js';
import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import type { LifecycleCore } from '../lifecycle/lifecycle-core.js';
import type { ClassBuilder } from './class-builder.js';
import { CONTAINER_ERRORS } from './container-errors.js';
import { failedError, grown, stepOf } from './grow-path.js';
import { type InjectedKey, injectedKeys } from './injected-keys.js';

/** Gives the handles of what a component is given, from the scope that the component is built in. */
export interface HandleSource {
  /** At once, or not at all. */
  handleNow(need: InjectedKey): LiveHandle<unknown>;
  /** Starts and builds what is needed for it. */
  handle(need: InjectedKey, signal: AbortSignal | undefined): Promise<LiveHandle<unknown>>;
}

/** The signal of what nobody can give up. */
const NEVER = new AbortController().signal;

/** Builds one instance of what is no singleton: a transient or a scoped component. The lifecycle builds singletons. */
export class ComponentBuilder {
  readonly #lifecycle: LifecycleCore;
  readonly #classes: ClassBuilder;

  constructor(lifecycle: LifecycleCore, classes: ClassBuilder) {
    this.#lifecycle = lifecycle;
    this.#classes = classes;
  }

  /** Builds it at once. @throws `ONEIRIC_CONTAINER_ASYNC` where that takes an await, `ONEIRIC_CONTAINER_FAILED` */
  buildNow(candidate: Candidate, source: HandleSource): unknown {
    const inject: Record<string, LiveHandle<unknown>> = {};
    for (const need of injectedKeys(candidate)) {
      try {
        inject[need.name] = source.handleNow(need);
      } catch (error) {
        throw grown(candidate, need, error);
      }
    }
    const { factory } = candidate;
    if (typeof factory === 'string') throw asynchronous(candidate, `the factory ${factory} has to be loaded`);
    const settings = this.#settingsNow(candidate);
    const instance = attempt(candidate, () =>
      this.#classes.synchronously(() => factory({ settings, signal: NEVER, inject, candidate })),
    );
    if (isThenable(instance)) {
      drop(instance);
      throw asynchronous(candidate, 'its factory is asynchronous');
    }
    return assertInstance(candidate, instance);
  }

  /** Builds it, and before that starts and builds what it is given. */
  async build(candidate: Candidate, source: HandleSource, signal: AbortSignal | undefined): Promise<unknown> {
    const needs = injectedKeys(candidate);
    const results = await Promise.allSettled(needs.map((need) => source.handle(need, signal)));
    signal?.throwIfAborted();
    const inject: Record<string, LiveHandle<unknown>> = {};
    results.forEach((result, index) => {
      const need = needs[index] as InjectedKey;
      if (result.status === 'rejected') throw grown(candidate, need, result.reason);
      inject[need.name] = result.value;
    });
    const given = signal ?? NEVER;
    try {
      const factory: Factory = await this.#lifecycle.phases.factoryOf(candidate, given);
      const settings = await this.#settingsOf(candidate, given);
      signal?.throwIfAborted();
      return assertInstance(candidate, await factory({ settings, signal: given, inject, candidate }));
    } catch (error) {
      if (given.aborted && error === given.reason) throw error;
      throw failedError(candidate, error);
    }
  }

  #settingsOf(candidate: Candidate, signal: AbortSignal): unknown {
    return this.#lifecycle.settings.settings(candidate, { signal });
  }

  #settingsNow(candidate: Candidate): unknown {
    const settings = attempt(candidate, () => this.#settingsOf(candidate, NEVER));
    if (!isThenable(settings)) return settings;
    drop(settings);
    throw asynchronous(candidate, 'its settings are read asynchronously');
  }
}

function attempt<T>(candidate: Candidate, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw failedError(candidate, error);
  }
}

function asynchronous(candidate: Candidate, what: string): OneiricError {
  return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_ASYNC', { path: [stepOf(candidate)], what });
}

function assertInstance(candidate: Candidate, instance: unknown): unknown {
  if (instance !== undefined && instance !== null) return instance;
  throw failedError(
    candidate,
    new TypeError(`its factory gave ${describeValue(instance)}, not the instance`),
  );
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
  );
}

/** What nobody will wait for; that it fails, too, is nobody's business. */
function drop(promise: PromiseLike<unknown>): void {
  promise.then(undefined, () => undefined);
}
