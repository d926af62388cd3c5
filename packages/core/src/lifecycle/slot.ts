import { unwatchAbort, watchAbort } from '../concurrency/abort-watch.js';
import type { Candidate } from '../decision/candidate.js';
import { createError, type OneiricError } from '../errors/oneiric-error.js';
import type { Clock } from '../foundation/clock.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import { Component } from './component.js';
import { createLiveHandle } from './create-live-handle.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import type { LiveTarget } from './live-target.js';
import type { Operation, Phase } from './phase.js';
import { SingleFlight } from './single-flight.js';
import { SlotFacts } from './slot-facts.js';

/** Why calls wait: somebody paused the key, or data is being carried over. */
export type Hold = 'paused' | 'handover';

const HOLD_WORDS: Readonly<Record<Hold, string>> = {
  paused: 'it is paused',
  handover: 'its data is being carried over to a new instance',
};

/** What a slot needs of its lifecycle. */
export interface SlotOwner {
  readonly clock: Clock;
  readonly waitMs: number;
  readonly isClosed: boolean;
  /** Starts what the slot stands for. */
  start(slot: Slot, signal: AbortSignal | undefined): Promise<unknown>;
}

/**
 * One domain and key: what runs for it, what a call gets now, and what has happened to it. It decides nothing; every
 * change of `current` is made inside the key's critical section, as one assignment.
 */
export class Slot implements LiveTarget {
  readonly domain: string;
  readonly key: string;
  readonly name: string;
  readonly handle: LiveHandle<unknown>;
  readonly flight = new SingleFlight<Component>();
  readonly facts = new SlotFacts();
  /** What is being done to it, and how far that is. */
  operation: { readonly kind: Operation; phase: Phase | null; provider: string | null } | undefined;
  /** Has somebody a live handle to it? */
  isWanted = false;
  /** Was it stopped on purpose? Then a call does not start it. */
  isStopped = false;
  /** Unbound, and not yet closed. */
  readonly retiring = new Set<Component>();
  /** What `pause` did: whom it marked and why, and who won before that. */
  pause:
    | {
        candidate: Candidate;
        readonly reason: string | undefined;
        readonly winner: Candidate | null;
        /** By the clock of the lifecycle. */
        readonly since: number;
      }
    | undefined;
  isDraining = false;
  #current: Component | undefined;
  #serving: Component | undefined;
  /** What serves in the place of whatever runs; the last one counts. */
  readonly #substitutes: Component[] = [];
  readonly #owner: SlotOwner;
  readonly #holds = new Set<Hold>();
  readonly #waiting = new Set<() => void>();

  constructor(domain: string, key: string, owner: SlotOwner) {
    this.domain = domain;
    this.key = key;
    this.name = `${domain}/${key}`;
    this.#owner = owner;
    this.handle = createLiveHandle<unknown>(this);
  }

  get current(): Component | undefined {
    return this.#current;
  }

  get serving(): Component | undefined {
    return this.#serving;
  }

  /** The one moment at which another instance begins to serve, or none. */
  bind(component: Component | undefined): void {
    this.#current = component;
    if (component !== undefined) this.isStopped = false;
    this.#update();
  }

  /** What there is to be given to others: what serves, or what runs while calls wait. */
  get present(): Component | undefined {
    return this.#serving ?? this.#current;
  }

  /**
   * Lets calls go to `instance`, whatever runs, is started or stopped meanwhile, until it is disposed. It is nobody's
   * component: it is never checked, drained or closed.
   */
  substitute(instance: unknown): Disposable {
    const { domain, key } = this;
    const named = { domain, key, provider: 'override' } as Candidate;
    const component = new Component(named, instance);
    this.#substitutes.push(component);
    this.#update();
    return {
      [Symbol.dispose]: () => {
        const at = this.#substitutes.indexOf(component);
        if (at >= 0) this.#substitutes.splice(at, 1);
        this.#update();
      },
    };
  }

  hold(why: Hold): void {
    this.#holds.add(why);
    this.#update();
  }

  letGo(why: Hold): void {
    this.#holds.delete(why);
    this.#update();
  }

  isHeld(why: Hold): boolean {
    return this.#holds.has(why);
  }

  /** Calls that wait until they are let through. */
  get heldCalls(): number {
    return this.#waiting.size;
  }

  async admit(signal: AbortSignal | undefined): Promise<Component> {
    const { clock, waitMs } = this.#owner;
    const began = clock.now();
    for (;;) {
      signal?.throwIfAborted();
      if (this.#serving !== undefined) {
        this.#serving.leases++;
        return this.#serving;
      }
      if (this.#owner.isClosed) throw this.refusal();
      if (this.#current !== undefined) {
        const waitedMs = clock.now() - began;
        if (waitedMs >= waitMs) throw this.#paused(waitedMs);
        await this.#change(waitMs - waitedMs, signal);
      } else if (this.isStopped) {
        throw this.refusal();
      } else {
        await this.#owner.start(this, signal);
      }
    }
  }

  refusal(): OneiricError {
    const { domain, key } = this;
    if (this.#owner.isClosed) {
      return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_CLOSED', {
        what: `The live handle of ${this.name}`,
      });
    }
    if (this.#current !== undefined) return this.#paused(0);
    const state = this.isStopped ? 'stopped' : this.flight.isFlying ? 'being started' : 'not started yet';
    return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_NOT_ACTIVE', { domain, key, state });
  }

  /** Tells everybody who waits to look again. */
  wake(): void {
    for (const look of [...this.#waiting]) look();
  }

  #paused(waitedMs: number): OneiricError {
    const { domain, key } = this;
    const [hold = 'paused'] = this.#holds;
    const why = HOLD_WORDS[hold];
    return createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_PAUSED', { domain, key, waitedMs, why });
  }

  #update(): void {
    const running = this.#holds.size === 0 ? this.#current : undefined;
    this.#serving = this.#substitutes.at(-1) ?? running;
    if (this.#serving !== undefined || this.#current === undefined) this.wake();
  }

  /** Waits until there is a reason to look again, for `ms` at most. Rejects with the signal's reason. */
  #change(ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        timer[Symbol.dispose]();
        this.#waiting.delete(look);
        if (signal !== undefined) unwatchAbort(signal, entry);
      };
      const look = (): void => {
        end();
        resolve();
      };
      const entry = {
        abort(reason: unknown) {
          end();
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the reason is the caller's own
          reject(reason);
        },
      };
      const timer = this.#owner.clock.after(Math.max(0, ms), look, { keepsAlive: true });
      this.#waiting.add(look);
      if (signal !== undefined) watchAbort(signal, entry);
    });
  }
}
