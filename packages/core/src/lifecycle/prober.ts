import { lockContext } from '../concurrency/lock-context.js';
import type { Candidate } from '../decision/candidate.js';
import { createError, OneiricError } from '../errors/oneiric-error.js';
import { inSpan, outsideSpans } from '../observability/span-port.js';
import { benchCandidate, unbenchCandidate } from './bench-candidate.js';
import { healthQuestion } from './health-check.js';
import type { LifecycleCore } from './lifecycle-core.js';
import { LIFECYCLE_ERRORS, reasonOf } from './lifecycle-errors.js';
import { LinkedSignal } from './linked-signal.js';
import { startNeeds } from './needs.js';
import type { Slot } from './slot.js';
import { decisionFor } from './swap-component.js';
import { waitFor } from './wait-for.js';

/** What one probe found. */
export interface ProbeReport {
  readonly domain: string;
  readonly key: string;
  readonly provider: string;
  readonly isHealthy: boolean;
  /** What was asked: `health` of the candidate, or `isHealthy()` of the instance; null where there is nothing to ask. */
  readonly check: string | null;
  /** What is thought of it now; it takes `fall` failures or `rise` successes in a row to change that. */
  readonly state: 'healthy' | 'unhealthy' | 'unknown';
  /** Why it is not healthy; undefined where it is, or only said no. */
  readonly error: unknown;
  readonly durationMs: number;
  /** Those that another one runs in the place of, and how a trial of each went. */
  readonly trials: readonly { readonly provider: string; readonly isHealthy: boolean }[];
}

/** Asks what runs how it is, counts the answers, and tells the registry when they have turned. */
export class Prober implements Disposable {
  readonly #core: LifecycleCore;
  #timer: Disposable | undefined;

  constructor(core: LifecycleCore) {
    this.#core = core;
    this.#schedule();
  }

  /**
   * One probe, as a call in flight on what runs: a swap waits for it, and no probe sees a closed instance.
   *
   * @throws `ONEIRIC_LIFECYCLE_NOT_ACTIVE`, `ONEIRIC_LIFECYCLE_CLOSED`, the signal's reason
   */
  async probe(
    slot: Slot,
    { signal, counts = true }: { readonly signal?: AbortSignal; readonly counts?: boolean } = {},
  ): Promise<ProbeReport> {
    using linked = new LinkedSignal(signal, this.#core.closing.signal);
    const { domain, key, current } = slot;
    const facts = { domain, key, provider: current?.candidate.provider ?? null, operation: 'probe' };
    const probing = inSpan('oneiric.probe', facts, () => this.#probe(slot, linked.signal, counts));
    return await waitFor(probing, linked.signal);
  }

  async #probe(slot: Slot, signal: AbortSignal, counts: boolean): Promise<ProbeReport> {
    const { domain, key, current, facts } = slot;
    if (current === undefined) {
      const state = slot.isStopped ? 'stopped' : 'not started yet';
      throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_NOT_ACTIVE', { domain, key, state });
    }
    const { clock, probe } = this.#core.settings;
    const began = clock.now();
    const { candidate, instance } = current;
    let isHealthy = false;
    let check: string | null = null;
    let error: unknown;
    current.leases++;
    try {
      check = healthQuestion(candidate, instance)?.name ?? null;
      isHealthy = await this.#core.phases.isHealthy(current, { slot, operation: 'probe', signal });
    } catch (caught) {
      signal.throwIfAborted();
      error = caught;
    } finally {
      current.endLease();
    }
    // What cannot be asked has not answered; what was unhealthy before, and cannot be asked any more, counts as well.
    const isAnswer = check !== null || facts.health.state === 'unhealthy';
    if (counts && isAnswer && slot.current === current && facts.addHealth(isHealthy, probe)) {
      await this.#turn(slot, candidate, isHealthy, error);
    }
    const trials = counts ? await this.#tryBenched(slot, signal) : [];
    return Object.freeze({
      domain,
      key,
      provider: candidate.provider,
      isHealthy,
      check,
      state: facts.health.state,
      error,
      durationMs: clock.now() - began,
      trials,
    });
  }

  [Symbol.dispose](): void {
    this.#timer?.[Symbol.dispose]();
  }

  async #turn(slot: Slot, candidate: Candidate, isHealthy: boolean, error: unknown): Promise<void> {
    const { domain, key } = slot;
    if (isHealthy) await unbenchCandidate(this.#core, slot, candidate);
    else {
      const reason = error === undefined ? 'its health check says no' : reasonOf(error);
      await benchCandidate(this.#core, slot, candidate, reason);
    }
    this.#core.feed.emit('health-changed', { domain, key, candidate, isHealthy });
  }

  /** Is one that another runs in the place of well again? It is built, asked, and closed. */
  async #tryBenched(slot: Slot, signal: AbortSignal): Promise<ProbeReport['trials']> {
    const trials: { provider: string; isHealthy: boolean }[] = [];
    for (const [sequence, { successes }] of [...slot.facts.benched]) {
      if (slot.current?.candidate.sequence === sequence) continue;
      const candidate = offered(this.#core, slot, sequence);
      if (candidate === undefined) {
        slot.facts.benched.delete(sequence);
        continue;
      }
      const isHealthy = await this.#try(slot, candidate, signal);
      trials.push({ provider: candidate.provider, isHealthy });
      if (!slot.facts.benched.has(sequence)) continue;
      const inARow = isHealthy ? successes + 1 : 0;
      slot.facts.benched.set(sequence, { candidate, successes: inARow });
      if (inARow >= this.#core.settings.probe.rise) {
        await unbenchCandidate(this.#core, slot, candidate);
        const { domain, key } = slot;
        this.#core.feed.emit('health-changed', { domain, key, candidate, isHealthy });
      }
    }
    return trials;
  }

  async #try(slot: Slot, candidate: Candidate, signal: AbortSignal): Promise<boolean> {
    const run = { slot, operation: 'trial', signal } as const;
    try {
      const inject = await startNeeds(this.#core, candidate, signal);
      return await this.#core.building(signal, async () => {
        const component = await this.#core.phases.build(candidate, inject, run);
        try {
          return await this.#core.phases.isHealthy(component, run);
        } finally {
          await this.#core.phases.discard(component, run);
        }
      });
    } catch {
      signal.throwIfAborted();
      return false;
    }
  }

  #schedule(): void {
    const { intervalMs } = this.#core.settings.probe;
    if (intervalMs === undefined) return;
    this.#timer = this.#core.clock.after(intervalMs, () => {
      if (this.#core.isClosed) return;
      void lockContext()
        .outside(() => outsideSpans(() => this.#round()))
        .finally(() => {
          if (!this.#core.isClosed) this.#schedule();
        });
    });
  }

  async #round(): Promise<void> {
    const running = [...this.#core.slots.values()].filter(({ current }) => current !== undefined);
    const results = await Promise.allSettled(running.map((slot) => this.probe(slot)));
    results.forEach((result, index) => {
      const slot = running[index];
      if (result.status === 'fulfilled' || slot === undefined || this.#core.isClosed) return;
      if (OneiricError.is(result.reason, 'ONEIRIC_LIFECYCLE_NOT_ACTIVE')) return;
      this.#core.report(slot, 'probe', null, result.reason);
    });
  }
}

/** The candidate as it is offered now: its source may have taken it back, or have repaired it. */
function offered(core: LifecycleCore, slot: Slot, sequence: number): Candidate | undefined {
  const { candidates } = decisionFor(core, slot).question.facts;
  return candidates.find((candidate) => candidate.sequence === sequence);
}
