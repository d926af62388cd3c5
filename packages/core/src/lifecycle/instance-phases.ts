import type { Candidate, Factory, FactoryContext } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import { inSpan, type Span, type SpanFacts, type SpanName } from '../observability/span-port.js';
import { cleanUp } from './clean-up.js';
import { Component } from './component.js';
import { healthQuestion } from './health-check.js';
import { InstanceUsers } from './instance-users.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import type { LifecycleFeed } from './lifecycle-feed.js';
import type { LifecycleSettings } from './lifecycle-options.js';
import { phaseFailure } from './phase-failure.js';
import type { Operation, Phase } from './phase.js';
import { runPhase } from './run-phase.js';
import type { Slot } from './slot.js';

/** For which operation on which key a phase is run, and what ends it early. */
export interface PhaseRun {
  readonly slot: Slot;
  readonly operation: Operation;
  readonly signal: AbortSignal | undefined;
  /** Told how long each phase took. */
  readonly onPhase?: (phase: Phase, durationMs: number) => void;
}

const SPANS: Readonly<Record<Phase, SpanName>> = {
  build: 'oneiric.build',
  health: 'oneiric.health',
  handover: 'oneiric.handover',
  preSwap: 'oneiric.pre_swap',
  drain: 'oneiric.drain',
  cleanup: 'oneiric.cleanup',
  postSwap: 'oneiric.post_swap',
};

/** The phases of one instance, each bounded, timed and told, in a span of its own. It changes no slot. */
export class InstancePhases {
  readonly #settings: LifecycleSettings;
  readonly #feed: LifecycleFeed;
  /** Instances that never served, being closed. */
  readonly leftovers = new Set<Promise<void>>();
  readonly #users = new InstanceUsers();

  constructor(settings: LifecycleSettings, feed: LifecycleFeed) {
    this.#settings = settings;
    this.#feed = feed;
  }

  /** Builds one instance. One that comes too late is closed. */
  async build(
    candidate: Candidate,
    inject: Readonly<Record<string, LiveHandle<unknown>>>,
    run: PhaseRun,
  ): Promise<Component> {
    const build = async (signal: AbortSignal): Promise<Component> => {
      const factory = await this.factoryOf(candidate, signal);
      signal.throwIfAborted();
      const settings = await this.#settings.settings(candidate, { signal });
      signal.throwIfAborted();
      const context: FactoryContext = { settings, signal, inject, candidate };
      const instance = await factory(context);
      this.#users.add(instance);
      return new Component(candidate, instance);
    };
    const component = await this.#run('build', candidate, this.#settings.timeouts.activationMs, build, {
      ...run,
      onLate: (late: Component) => {
        void this.discard(late, run);
      },
    });
    const { instance } = component;
    if (instance !== undefined && instance !== null) return component;
    const { domain, key, provider } = candidate;
    throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_RESULT_INVALID', {
      domain,
      key,
      provider,
      phase: 'build',
      found: describeValue(instance),
      expected: 'the instance',
    });
  }

  /** @returns whether it is healthy; true where there is nothing to ask */
  async isHealthy(component: Component, run: PhaseRun): Promise<boolean> {
    const { candidate, instance } = component;
    const question = healthQuestion(candidate, instance);
    if (question === undefined) return true;
    return await this.#run('health', candidate, this.#settings.timeouts.healthMs, question.ask, {
      ...run,
      describe: (healthy, span) => {
        span.set({ healthy });
        if (!healthy) span.fail(unhealthy(component));
      },
      isFailure: (healthy) => !healthy,
    });
  }

  /** @throws `ONEIRIC_LIFECYCLE_UNHEALTHY` */
  async assertHealthy(component: Component, run: PhaseRun): Promise<void> {
    if (!(await this.isHealthy(component, run))) throw unhealthy(component);
  }

  /** Waits for the calls in flight on `from` to end, then lets `to` take over what it knows. Calls are held already. */
  async handOver(from: Component, to: Component, run: PhaseRun): Promise<void> {
    const { handover } = to.candidate;
    if (handover === undefined) return;
    const work = async (signal: AbortSignal): Promise<void> => {
      await idle(from, signal);
      signal.throwIfAborted();
      await handover(from.instance, to.instance, { signal });
    };
    await this.#run('handover', to.candidate, this.#settings.timeouts.handoverMs, work, run);
  }

  async hook(name: 'preSwap' | 'postSwap', from: Component, to: Component, run: PhaseRun): Promise<void> {
    const hook = this.#settings.hooks[name];
    if (hook === undefined) return;
    const { domain, key } = to.candidate;
    const work = (signal: AbortSignal): void | Promise<void> =>
      hook({ domain, key, from: from.candidate, to: to.candidate, signal });
    await this.#run(name, to.candidate, this.#settings.timeouts.hookMs, work, run);
  }

  /** Waits for the calls in flight to end. @throws `ONEIRIC_LIFECYCLE_DRAIN_TIMEOUT` */
  async drain(component: Component, run: PhaseRun, next: string): Promise<void> {
    const { drainMs } = this.#settings.timeouts;
    const { domain, key, provider } = component.candidate;
    const timedOut = (): Error =>
      createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_DRAIN_TIMEOUT', {
        domain,
        key,
        provider,
        timeoutMs: drainMs,
        inFlight: component.leases,
        next,
      });
    await this.#run('drain', component.candidate, drainMs, (signal) => idle(component, signal), {
      ...run,
      timedOut,
      facts: { inFlight: component.leases },
    });
  }

  /**
   * Closes an instance that nobody can reach any more; not one that another component has as well. Nothing ends this
   * early but its own time limit.
   */
  async cleanUp(component: Component, run: PhaseRun): Promise<void> {
    if (!this.#users.remove(component.instance)) return;
    const { cleanupMs } = this.#settings.timeouts;
    await this.#run('cleanup', component.candidate, cleanupMs, () => cleanUp(component.instance), {
      ...run,
      signal: undefined,
    });
  }

  /**
   * Closes an instance that never served, whether or not anybody waits for that; `leftovers` knows it meanwhile. That
   * it cannot be closed is told and hides no other failure.
   */
  discard(component: Component, run: PhaseRun): Promise<void> {
    const closing = this.cleanUp(component, run)
      .catch((error: unknown) => {
        const { slot, operation } = run;
        const { domain, key, provider } = component.candidate;
        const failure = phaseFailure(slot, operation, 'cleanup', component.candidate, error);
        this.#feed.emit('failed', { domain, key, provider, operation, error: failure });
      })
      .finally(() => this.leftovers.delete(closing));
    this.leftovers.add(closing);
    return closing;
  }

  /** The factory itself, also of a candidate that only refers to it. @throws `ONEIRIC_LIFECYCLE_FACTORY_NOT_LOADED` */
  async factoryOf(candidate: Candidate, signal: AbortSignal) {
    const { factory, domain, key, provider } = candidate;
    if (typeof factory === 'function') return factory;
    const { loadFactory } = this.#settings;
    if (loadFactory !== undefined) {
      const loaded: unknown = await loadFactory(factory, candidate, { signal });
      if (typeof loaded === 'function') return loaded as Factory;
      throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_RESULT_INVALID', {
        domain,
        key,
        provider,
        phase: 'build',
        found: describeValue(loaded),
        expected: `the function that ${factory} refers to`,
      });
    }
    throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_FACTORY_NOT_LOADED', {
      domain,
      key,
      provider,
      reference: factory,
    });
  }

  #run<T>(
    phase: Phase,
    candidate: Candidate,
    timeoutMs: number,
    work: (signal: AbortSignal) => T | PromiseLike<T>,
    run: PhaseRun & Partial<PhaseExtras<T>>,
  ): Promise<T> {
    const { domain, key, provider, version = null } = candidate;
    const facts = { domain, key, provider, version, operation: run.operation, phase, ...run.facts };
    return inSpan(SPANS[phase], facts, async (span) => {
      const result = await this.#runTimed(phase, candidate, timeoutMs, work, run);
      run.describe?.(result, span);
      return result;
    });
  }

  async #runTimed<T>(
    phase: Phase,
    { domain, key, provider }: Candidate,
    timeoutMs: number,
    work: (signal: AbortSignal) => T | PromiseLike<T>,
    { slot, operation, signal, onPhase, onLate, timedOut, isFailure }: PhaseRun & Partial<PhaseExtras<T>>,
  ): Promise<T> {
    const { clock } = this.#settings;
    const began = clock.now();
    const tell = (state: 'began' | 'ended' | 'failed', durationMs: number | null): void => {
      this.#feed.emit('phase', { domain, key, provider, operation, phase, state, durationMs });
    };
    if (slot.operation?.kind === operation) Object.assign(slot.operation, { phase, provider });
    tell('began', null);
    let state: 'ended' | 'failed' = 'failed';
    try {
      const result = await runPhase(work, {
        clock,
        timeoutMs,
        signal,
        timedOut:
          timedOut ??
          (() =>
            createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_TIMEOUT', {
              domain,
              key,
              provider,
              phase,
              timeoutMs,
            })),
        ...(onLate === undefined ? {} : { onLate }),
      });
      if (isFailure?.(result) !== true) state = 'ended';
      return result;
    } finally {
      const durationMs = clock.now() - began;
      slot.facts.addPhase(phase, durationMs);
      onPhase?.(phase, durationMs);
      tell(state, durationMs);
    }
  }
}

interface PhaseExtras<T> {
  readonly onLate: (value: T) => void;
  readonly timedOut: () => Error;
  /** Is this result told as a failure, although nothing was thrown? */
  readonly isFailure: (result: T) => boolean;
  /** What else is known before, and what is told of the result. */
  readonly facts: SpanFacts;
  readonly describe: (result: T, span: Span) => void;
}

function unhealthy({ candidate, instance }: Component): Error {
  const { domain, key, provider } = candidate;
  const check = healthQuestion(candidate, instance)?.name ?? 'health';
  return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_UNHEALTHY', { domain, key, provider, check });
}

/** Resolves when no call is in flight; the signal ends the wait for good. */
function idle(component: Component, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wait = component.onIdle(resolve);
    const stop = (): void => {
      wait[Symbol.dispose]();
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}
