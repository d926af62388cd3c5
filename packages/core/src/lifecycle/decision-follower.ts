import type { Candidate } from '../decision/candidate.js';
import { decide } from '../decision/decide.js';
import { createError } from '../errors/oneiric-error.js';
import { spanCause, type SpanCause } from '../observability/span-port.js';
import type { LifecycleCore } from './lifecycle-core.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import { runsAs } from './plan-swap.js';
import type { Slot } from './slot.js';
import { decisionFor, swapComponent, type SwapTarget } from './swap-component.js';

interface UnderWay {
  readonly candidate: Candidate;
  readonly superseded: AbortController;
}

/**
 * Swaps what runs when the registry decides otherwise. It only ever puts another instance in the place of one: where
 * nothing wins, and where it may not act, what runs goes on.
 */
export class DecisionFollower implements Disposable {
  readonly #core: LifecycleCore;
  readonly #subscriptions: readonly Disposable[];
  /** Whose component (by its serial) goes on although another one wins, or none: that may change without another winner. */
  readonly #staying = new WeakMap<Slot, number>();
  /** What is about to be looked at, and what else asked for that meanwhile. */
  readonly #pending = new Map<Slot, SpanCause[]>();
  /** What is being put in the place of what runs. */
  readonly #underWay = new Map<Slot, UnderWay>();

  constructor(core: LifecycleCore) {
    this.#core = core;
    this.#subscriptions = [
      core.registry.on('decision-changed', ({ decisions }) => {
        for (const { domain, key } of decisions) {
          const slot = core.slots.get(`${domain}/${key}`);
          if (slot !== undefined) this.#heed(slot);
        }
      }),
      core.registry.on('changed', ({ changes }) => {
        for (const change of changes) {
          if (change.kind === 'ranking-defaults-changed') continue;
          const { domain, key } = 'candidate' in change ? change.candidate : change;
          const slot = core.slots.get(`${domain}/${key}`);
          if (slot !== undefined && this.#stays(slot)) this.#heed(slot);
        }
      }),
    ];
  }

  /**
   * Catches up with what was decided while a key was paused. Where nothing was, whom somebody swapped or rolled back to
   * goes on running.
   */
  resumed(slot: Slot, isDecidedAnew: boolean): void {
    const { boundBy } = slot.facts;
    const isChosen = boundBy === 'swap' || boundBy === 'rollback';
    if (!isChosen || isDecidedAnew || this.#stays(slot)) this.follow(slot);
  }

  /** Looks at one key as soon as nothing else is done to it. Asked again before that, it looks once. */
  follow(slot: Slot): void {
    const isIdle = slot.current === undefined && !slot.flight.isFlying && slot.operation === undefined;
    if (isIdle || this.#core.isClosed) return;
    const pending = this.#pending.get(slot);
    if (pending !== undefined) {
      const cause = spanCause();
      if (cause !== undefined) pending.push(cause);
      return;
    }
    const causes: SpanCause[] = [];
    const superseded = new AbortController();
    this.#pending.set(slot, causes);
    this.#core.inBackground('follow', slot, async () => {
      try {
        await swapComponent(this.#core, slot, {
          operation: 'follow',
          signal: superseded.signal,
          target: () => {
            this.#pending.delete(slot);
            const target = this.#target(slot);
            if (target.candidate !== undefined) {
              this.#underWay.set(slot, { candidate: target.candidate, superseded });
            }
            return target;
          },
          causes: () => causes,
        });
      } finally {
        if (this.#pending.get(slot) === causes) this.#pending.delete(slot);
        if (this.#underWay.get(slot)?.superseded === superseded) this.#underWay.delete(slot);
      }
    });
  }

  [Symbol.dispose](): void {
    for (const subscription of this.#subscriptions) subscription[Symbol.dispose]();
  }

  /** The marks of a pause are decisions as well; all that is decided while it lasts is looked at when it ends. */
  #heed(slot: Slot): void {
    if (slot.isHeld('paused')) return;
    this.#supersede(slot);
    this.follow(slot);
  }

  /** Gives up what is being started for a decision that is not in force any more, as long as it is not bound. */
  #supersede(slot: Slot): void {
    const underWay = this.#underWay.get(slot);
    if (underWay === undefined) return;
    const { candidate, superseded } = underWay;
    const isBound = slot.current?.candidate === candidate;
    // One that could not be started is taken out of the decision by the very operation that goes on with the next.
    const isTakenOut = slot.facts.benched.has(candidate.sequence);
    if (isBound || isTakenOut) return;
    const { winner } = decisionFor(this.#core, slot);
    if (winner !== null && runsAs(candidate, winner)) return;
    const { domain, key } = slot;
    const details = { domain, key, provider: candidate.provider, winner: winner?.provider ?? null };
    superseded.abort(createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_SUPERSEDED', details));
  }

  #stays(slot: Slot): boolean {
    return slot.current !== undefined && this.#staying.get(slot) === slot.current.serial;
  }

  #target(slot: Slot): SwapTarget {
    const { current, domain, key } = slot;
    const explanation = decisionFor(this.#core, slot);
    const { winner, summary } = explanation;
    const stay = { candidate: undefined, because: summary, explanation };
    this.#staying.delete(slot);
    if (current === undefined) return stay;
    if (winner === null) {
      const { candidate } = current;
      const known = explanation.question.facts.candidates;
      if (known.every(({ sequence }) => sequence !== candidate.sequence)) {
        this.#core.feed.emit('withdrawn', { domain, key, candidate });
      } else this.#staying.set(slot, current.serial);
      return stay;
    }
    if (mayFollow(this.#core, slot)) return { candidate: winner, because: summary, explanation };
    this.#staying.set(slot, current.serial);
    return stay;
  }
}

/** May what runs be replaced by whoever wins now? Not while it is paused, and not for its health unless that is on. */
function mayFollow(core: LifecycleCore, slot: Slot): boolean {
  if (!core.settings.follow || slot.isHeld('paused')) return false;
  return core.settings.failover || !losesByHealth(core, slot);
}

/** Does what runs not win for its health alone: is it marked as unhealthy, and would it win without that? */
export function losesByHealth(core: LifecycleCore, slot: Slot): boolean {
  const { current } = slot;
  if (current === undefined) return false;
  const { sequence } = current.candidate;
  const { question } = decisionFor(core, slot);
  const { facts } = question;
  const own = facts.marks.get(sequence);
  if (own?.has('UNHEALTHY') !== true) return false;
  const others = new Map([...own].filter(([code]) => code !== 'UNHEALTHY'));
  const marks = new Map([...facts.marks, [sequence, others]]);
  const { domain, key, candidates, selection } = facts;
  const well = { domain, key, candidates, selection, marks };
  return decide({ ...question, facts: well }).winner?.sequence === sequence;
}
