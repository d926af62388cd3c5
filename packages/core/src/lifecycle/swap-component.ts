import { unwatchAbort, watchAbort } from '../concurrency/abort-watch.js';
import type { Candidate } from '../decision/candidate.js';
import { ResolutionError } from '../decision/resolution-error.js';
import type { Explanation } from '../decision/explanation.js';
import { injectedNeeds } from '../dependencies/injected-needs.js';
import { OneiricError } from '../errors/oneiric-error.js';
import { inSpan, type Span, type SpanCause } from '../observability/span-port.js';
import { applySwap } from './apply-swap.js';
import { benchCandidate, mayFailOver, unbenchCandidate } from './bench-candidate.js';
import type { Component } from './component.js';
import { healthQuestion } from './health-check.js';
import { inOperation } from './in-operation.js';
import type { LifecycleCore } from './lifecycle-core.js';
import { reasonOf } from './lifecycle-errors.js';
import { assertNoCircle, assertStartable, needStopped, startNeeds, stoppedNeed } from './needs.js';
import type { Operation, Phase } from './phase.js';
import { movePause } from './pause-component.js';
import { planSwap, type SwapPlan } from './plan-swap.js';
import { providerName } from './provider-name.js';
import type { Slot } from './slot.js';
import type { SwapReport } from './swap-report.js';

/** Who is to run. */
export interface SwapTarget {
  readonly candidate: Candidate | undefined;
  readonly because: string;
  /** Undefined where nothing had to be decided. */
  readonly explanation: Explanation | undefined;
}

/** One swap, start or roll-back. */
export interface SwapRequest {
  readonly operation: Operation;
  readonly signal: AbortSignal | undefined;
  /** Asked inside the critical section, again after a failover. */
  readonly target: () => SwapTarget;
  /** Called once the key is free, before anything is done. */
  readonly onBegin?: (() => void) | undefined;
  /** What else caused it than what it is a child of in a trace; asked once it has its target. */
  readonly causes?: () => readonly SpanCause[];
}

/** What a swap would do now. */
export function planFor(core: LifecycleCore, slot: Slot, { candidate, because }: SwapTarget): SwapPlan {
  const { domain, key, current } = slot;
  const { hooks, timeouts } = core.settings;
  return planSwap({
    domain,
    key,
    running: current?.candidate,
    target: candidate,
    because,
    needs: (candidate === undefined ? [] : injectedNeeds(candidate)).map((need) => {
      const running = core.slots.get(`${need.domain}/${need.key}`)?.current?.candidate;
      const provider = (running ?? core.registry.resolve(need.domain, need.key))?.provider ?? null;
      return { ...need, provider, isRunning: running !== undefined };
    }),
    hooks: { preSwap: hooks.preSwap !== undefined, postSwap: hooks.postSwap !== undefined },
    timeouts,
  });
}

/** The decision's winner, or the best of one provider. */
export function decidedTarget(core: LifecycleCore, slot: Slot, provider: string | undefined): SwapTarget {
  const explanation = decisionFor(core, slot, provider);
  const { winner, summary } = explanation;
  const because = provider === undefined ? summary : `${provider} was asked for by name.`;
  if (winner !== null) return { candidate: winner, because, explanation };
  // Paused or unwell it is not eligible, and runs all the same.
  const running = slot.current?.candidate;
  if (provider !== undefined && running?.provider === provider)
    return { candidate: running, because, explanation };
  throw new ResolutionError(explanation);
}

export function decisionFor(core: LifecycleCore, { domain, key }: Slot, provider?: string): Explanation {
  return core.registry.explain(domain, key, provider === undefined ? undefined : { provider });
}

/**
 * Does one swap while nothing else is done to the key.
 *
 * The caller's signal undoes it before the new instance is bound. After that it only ends the caller's wait: the report
 * then says that it is not complete, and the old instance is drained and closed as if nobody had asked.
 */
export function swapComponent(core: LifecycleCore, slot: Slot, request: SwapRequest): Promise<SwapReport> {
  return new Promise((resolve, reject) => {
    core
      .exclusive(slot, request.operation, request.signal, (signal) =>
        inOperation(core, slot, request.operation, (span) =>
          new Swap(core, slot, request, signal, span, resolve).run(),
        ),
      )
      .then(resolve, reject);
  });
}

class Swap {
  readonly #core: LifecycleCore;
  readonly #slot: Slot;
  readonly #request: SwapRequest;
  readonly #signal: AbortSignal;
  readonly #span: Span;
  readonly #resolveEarly: (report: SwapReport) => void;
  readonly #began: number;
  readonly #from: Candidate | undefined;
  /** Who was taken out of the decision so that another one can be started. */
  readonly #benched: Candidate[] = [];
  readonly #phases: { readonly phase: Phase; readonly durationMs: number }[] = [];

  constructor(
    core: LifecycleCore,
    slot: Slot,
    request: SwapRequest,
    signal: AbortSignal,
    span: Span,
    resolveEarly: (report: SwapReport) => void,
  ) {
    this.#core = core;
    this.#slot = slot;
    this.#request = request;
    this.#signal = signal;
    this.#span = span;
    this.#resolveEarly = resolveEarly;
    this.#began = core.clock.now();
    this.#from = slot.current?.candidate;
  }

  async run(): Promise<SwapReport> {
    this.#request.onBegin?.();
    for (;;) {
      const target = this.#decide();
      const plan = planFor(this.#core, this.#slot, target);
      const { candidate } = target;
      if (candidate === undefined || plan.action === 'none') return this.#report(plan, 'kept');
      if (plan.action === 'keep') {
        this.#adopt(candidate);
        return this.#report(plan, 'kept');
      }
      try {
        return await this.#apply(plan, candidate);
      } catch (error) {
        if (OneiricError.is(error, 'ONEIRIC_LIFECYCLE_SUPERSEDED') && error === this.#signal.reason) {
          return Object.freeze({ ...this.#report(plan, 'kept'), to: providerName(this.#from) });
        }
        if (await this.#failsOver(candidate, error)) continue;
        if (this.#from === undefined) {
          // With nobody left to run they would stay out for ever: only what runs is probed, and those it runs instead of.
          for (const benched of this.#benched) await unbenchCandidate(this.#core, this.#slot, benched);
        }
        throw error;
      }
    }
  }

  /** Who is to run; found out inside the critical section. */
  #decide(): SwapTarget {
    const { domain, key } = this.#slot;
    const { operation } = this.#request;
    return inSpan('oneiric.decision', { domain, key, operation }, (span) => {
      const target = this.#request.target();
      // Where it fails, the operation has nothing else to say whom it was about.
      this.#span.set({ provider: target.candidate?.provider ?? null });
      for (const cause of this.#request.causes?.() ?? []) this.#span.link(cause);
      if (span.isRecording && target.explanation !== undefined) {
        const { outcome, winner, decidedBy, fingerprint } = target.explanation;
        span.set({ outcome, provider: winner?.provider ?? null, decidedBy, fingerprint });
      }
      return target;
    });
  }

  async #apply(plan: SwapPlan, target: Candidate): Promise<SwapReport> {
    const { operation, signal } = this.#request;
    const abort = (): void => {
      this.#resolveEarly(this.#report(plan, this.#done, [], false));
    };
    const entry = { abort };
    try {
      assertStartable(this.#core, target);
      assertNoCircle(this.#core, target);
      const problems = await applySwap(this.#core, {
        slot: this.#slot,
        operation,
        target,
        startNeeds: () => startNeeds(this.#core, target, this.#signal),
        signal: this.#signal,
        onPhase: (phase, durationMs) => this.#phases.push({ phase, durationMs }),
        assertBindable: () => {
          const need = stoppedNeed(this.#core, target);
          if (need !== undefined) throw needStopped(target, need);
          assertNoCircle(this.#core, target);
        },
        onBound: () => {
          this.#remember();
          if (signal !== undefined) watchAbort(signal, entry);
        },
      });
      const unmoved = await movePause(this.#core, this.#slot);
      const report = this.#report(plan, this.#done, [...problems, ...unmoved]);
      this.#tell(report, target);
      return report;
    } catch (error) {
      if (!(this.#signal.aborted && error === this.#signal.reason)) {
        this.#core.report(this.#slot, operation, target.provider, error);
      }
      throw error;
    } finally {
      if (signal !== undefined) unwatchAbort(signal, entry);
    }
  }

  get #done(): 'started' | 'swapped' {
    return this.#from === undefined ? 'started' : 'swapped';
  }

  /** Notes that another one runs now, and whether the one before was good enough to return to. */
  #remember(): void {
    const { facts } = this.#slot;
    const from = this.#from;
    if (this.#request.operation === 'rollback') facts.forgetLastGood();
    else if (from !== undefined && facts.health.state !== 'unhealthy') {
      facts.rememberGood({ provider: from.provider, version: from.version ?? null });
    }
    const { current } = this.#slot;
    const wasAsked =
      current !== undefined && healthQuestion(current.candidate, current.instance) !== undefined;
    facts.begin(this.#core.clock.now(), this.#request.operation, wasAsked);
    if (from !== undefined) facts.swaps++;
  }

  #tell(report: SwapReport, candidate: Candidate): void {
    const { domain, key, facts } = this.#slot;
    const { durationMs } = report;
    if (report.outcome === 'swapped') {
      facts.swapDurations.add(durationMs);
      facts.lastSwap = { operation: this.#request.operation, report };
      this.#core.feed.emit('swapped', report);
    } else {
      facts.activationDurations.add(durationMs);
      this.#core.feed.emit('activated', { domain, key, candidate, durationMs });
    }
  }

  /** The registry says something new of what runs, and nothing that it would have to be built anew for. */
  #adopt(candidate: Candidate): void {
    const current: Component | undefined = this.#slot.current;
    if (current !== undefined) current.candidate = candidate;
  }

  /** Is there nothing that runs well? Whom somebody asked for by a swap has no substitute. */
  get #isNeeded(): boolean {
    const { operation } = this.#request;
    if (this.#from === undefined) return operation === 'activate';
    return operation === 'follow' && this.#slot.facts.benched.has(this.#from.sequence);
  }

  /** Takes a candidate that cannot be started out of the decision; true where another one wins then. */
  async #failsOver(failed: Candidate, error: unknown): Promise<boolean> {
    if (this.#signal.aborted || !this.#isNeeded) return false;
    if (!mayFailOver(this.#core, decisionFor(this.#core, this.#slot))) return false;
    this.#benched.push(failed);
    await benchCandidate(this.#core, this.#slot, failed, reasonOf(error));
    const { winner } = decisionFor(this.#core, this.#slot);
    return winner !== null && winner !== failed;
  }

  #report(
    plan: SwapPlan,
    outcome: SwapReport['outcome'],
    problems: readonly unknown[] = [],
    isComplete = true,
  ): SwapReport {
    const { domain, key } = this.#slot;
    return Object.freeze({
      domain,
      key,
      outcome,
      from: providerName(this.#from),
      to: plan.to,
      plan,
      phases: Object.freeze([...this.#phases]),
      durationMs: this.#core.clock.now() - this.#began,
      problems: Object.freeze([...problems]),
      isComplete,
    });
  }
}
