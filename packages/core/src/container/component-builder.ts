import type { Candidate, Factory } from '../decision/candidate.js';
import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import { cleanUp } from '../lifecycle/clean-up.js';
import type { LifecycleCore } from '../lifecycle/lifecycle-core.js';
import { LIFECYCLE_ERRORS } from '../lifecycle/lifecycle-errors.js';
import { runPhase } from '../lifecycle/run-phase.js';
import type { ClassBuilder } from './class-builder.js';
import { CONTAINER_ERRORS } from './container-errors.js';
import { failedError, grown, stepOf } from './grow-path.js';
import type { NeededEntry } from './key-entry.js';

/** Gives the handles of what a component is given, from the scope that the component is built in. */
export interface HandleSource {
  /** At once, or not at all. */
  handleNow(need: NeededEntry): LiveHandle<unknown>;
  /** Starts and builds what is needed for it. */
  handle(need: NeededEntry, signal: AbortSignal | undefined): Promise<LiveHandle<unknown>>;
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
  buildNow(candidate: Candidate, needs: readonly NeededEntry[], source: HandleSource): unknown {
    const inject: Record<string, LiveHandle<unknown>> = {};
    for (const need of needs) {
      try {
        inject[need.name] = source.handleNow(need);
      } catch (error) {
        throw grown(candidate, need, error);
      }
    }
    const { factory } = candidate;
    if (typeof factory === 'string') throw asynchronous(candidate, `the factory ${factory} has to be loaded`);
    const context = { settings: this.#settingsNow(candidate), signal: NEVER, inject, candidate };
    let instance: unknown;
    try {
      instance = this.#classes.synchronously(factory, context);
    } catch (error) {
      throw failedError(candidate, error);
    }
    if (isThenable(instance)) {
      drop(instance);
      throw asynchronous(candidate, 'its factory is asynchronous');
    }
    return assertInstance(candidate, instance);
  }

  /**
   * Builds it, and before that starts and builds what it is given. The factory may take as long as the lifecycle's
   * `timeouts.activationMs` says, and ends with the signal; what it gives later nobody gets, so that is closed.
   */
  async build(
    candidate: Candidate,
    needs: readonly NeededEntry[],
    source: HandleSource,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const results = await Promise.allSettled(needs.map((need) => source.handle(need, signal)));
    signal?.throwIfAborted();
    const inject: Record<string, LiveHandle<unknown>> = {};
    results.forEach((result, index) => {
      const need = needs[index] as NeededEntry;
      if (result.status === 'rejected') throw grown(candidate, need, result.reason);
      inject[need.name] = result.value;
    });
    const { clock, timeouts } = this.#lifecycle.settings;
    const timeoutMs = timeouts.activationMs;
    let instance: unknown;
    try {
      instance = await runPhase((given) => this.#callFactory(candidate, inject, given), {
        clock,
        timeoutMs,
        signal,
        timedOut: () => tooLong(candidate, timeoutMs),
        onLate: closeLate,
      });
    } catch (error) {
      if (signal?.aborted === true && error === signal.reason) throw error;
      throw failedError(candidate, error);
    }
    return assertInstance(candidate, instance);
  }

  async #callFactory(
    candidate: Candidate,
    inject: Readonly<Record<string, LiveHandle<unknown>>>,
    signal: AbortSignal,
  ): Promise<unknown> {
    const factory: Factory = await this.#lifecycle.phases.factoryOf(candidate, signal);
    signal.throwIfAborted();
    const settings = await this.#settingsOf(candidate, signal);
    signal.throwIfAborted();
    return await factory({ settings, signal, inject, candidate });
  }

  #settingsOf(candidate: Candidate, signal: AbortSignal): unknown {
    return this.#lifecycle.settings.settings(candidate, { signal });
  }

  #settingsNow(candidate: Candidate): unknown {
    let settings: unknown;
    try {
      settings = this.#settingsOf(candidate, NEVER);
    } catch (error) {
      throw failedError(candidate, error);
    }
    if (!isThenable(settings)) return settings;
    drop(settings);
    throw asynchronous(candidate, 'its settings are read asynchronously');
  }
}

function asynchronous(candidate: Candidate, what: string): OneiricError {
  return createError(CONTAINER_ERRORS, 'ONEIRIC_CONTAINER_ASYNC', { path: [stepOf(candidate)], what });
}

function tooLong({ domain, key, provider }: Candidate, timeoutMs: number): OneiricError {
  const details = { domain, key, provider, phase: 'build', timeoutMs } as const;
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_TIMEOUT', details);
}

/** Whoever asked has been told that there is none; how this one ends is nobody's business. */
function closeLate(instance: unknown): void {
  cleanUp(instance).catch(() => undefined);
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
