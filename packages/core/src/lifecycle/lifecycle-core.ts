import { KeyedLock } from '../concurrency/keyed-lock.js';
import { lockContext } from '../concurrency/lock-context.js';
import { Permits } from '../concurrency/permits.js';
import type { Candidate } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import type { Clock } from '../foundation/clock.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import { assertName } from '../registry/check-name.js';
import { InstancePhases } from './instance-phases.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import { LifecycleFeed } from './lifecycle-feed.js';
import type { LifecycleSettings } from './lifecycle-options.js';
import { LinkedSignal } from './linked-signal.js';
import type { Operation } from './phase.js';
import { Slot, type SlotOwner } from './slot.js';

const cores = new WeakMap<object, LifecycleCore>();
const open = new Set<WeakRef<LifecycleCore>>();
const gone = new FinalizationRegistry<WeakRef<LifecycleCore>>((core) => open.delete(core));

/** Lets `lifecycleCoreOf` and `openCores` find the core of a manager, which keeps it to itself. */
export function rememberCore(manager: object, core: LifecycleCore): void {
  cores.set(manager, core);
  const known = new WeakRef(core);
  open.add(known);
  gone.register(core, known);
}

/** The cores of all managers that were not closed; keeps none of them alive. */
export function* openCores(): Generator<LifecycleCore, void> {
  for (const known of open) {
    const core = known.deref();
    if (core === undefined || core.isClosed) open.delete(known);
    else yield core;
  }
}

/** The core of a manager, for the parts of the package that are built on it; undefined for one of another copy. */
export function lifecycleCoreOf(manager: object): LifecycleCore | undefined {
  return cores.get(manager);
}

/** Aborted when the lifecycle closes. As much of an `AbortController` as is used, for programs without types of it. */
interface Closing {
  readonly signal: AbortSignal;
  abort(reason: unknown): void;
}

/** What every part of one lifecycle shares: the slots, their critical sections, the bounds and the listeners. */
export class LifecycleCore implements SlotOwner {
  readonly registry: CandidateRegistry;
  readonly settings: LifecycleSettings;
  readonly feed = new LifecycleFeed();
  readonly phases: InstancePhases;
  readonly lock = new KeyedLock({ name: 'lifecycle', detectOrder: false });
  readonly slots = new Map<string, Slot>();
  readonly closing: Closing = new AbortController();
  /** The revision at which nothing was found that keeps a candidate, and all that it needs, from being started. */
  readonly startableAt = new WeakMap<Candidate, number>();
  /** How a slot is started; set by the manager, which knows how. */
  starter: (slot: Slot, signal: AbortSignal | undefined) => Promise<unknown> = () => Promise.resolve();
  /** Called whenever an operation on a key has ended, in whatever way; set by who keeps the status. */
  onSettled: () => void = () => undefined;
  readonly #permits: Permits;
  /** Operations that wait for another key, and the keys that they are inside of. */
  readonly #waits = new Set<{ readonly inside: readonly string[]; readonly name: string }>();
  /** The factories that are running, so that a call knows whether it comes from inside one. */
  readonly #places = new KeyedLock<BuildPlace>({ name: 'lifecycle-build', detectOrder: false });

  constructor(registry: CandidateRegistry, settings: LifecycleSettings) {
    this.registry = registry;
    this.settings = settings;
    this.phases = new InstancePhases(settings, this.feed);
    this.#permits = new Permits(settings.concurrency);
  }

  get clock(): Clock {
    return this.settings.clock;
  }

  get waitMs(): number {
    return this.settings.timeouts.waitMs;
  }

  get isClosed(): boolean {
    return this.closing.signal.aborted;
  }

  start(slot: Slot, signal: AbortSignal | undefined): Promise<unknown> {
    return this.starter(slot, signal);
  }

  /** The slot of a key, made when it is first asked for. @throws `ONEIRIC_REGISTRY_NAME_INVALID` */
  slotOf(domain: unknown, key: unknown): Slot {
    const slot = this.lookAt(domain, key);
    this.slots.set(slot.name, slot);
    return slot;
  }

  /** As `slotOf`, to look at only: one that is not there yet is not kept. @throws `ONEIRIC_REGISTRY_NAME_INVALID` */
  lookAt(domain: unknown, key: unknown): Slot {
    assertName('domain', domain);
    assertName('key', key);
    return this.slots.get(`${domain}/${key}`) ?? new Slot(domain, key, this);
  }

  /**
   * Runs one operation on a key while no other runs on it. The operation's signal is aborted by the caller's, and,
   * unless the lifecycle is what closes it, when the lifecycle closes.
   *
   * @throws `ONEIRIC_LIFECYCLE_REENTRANT`, `ONEIRIC_LIFECYCLE_CLOSED`, the signal's reason
   */
  async exclusive<T>(
    slot: Slot,
    operation: Operation,
    signal: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    this.assertOutside(slot, operation);
    const isClosing = operation === 'close';
    if (!isClosing) this.assertOpen(`lifecycle.${operation}()`);
    this.leavePlaces();
    using linked = new LinkedSignal(signal, isClosing ? undefined : this.closing.signal);
    return await this.lock.runExclusive(
      slot.name,
      async () => {
        linked.signal.throwIfAborted();
        slot.operation = { kind: operation, phase: null, provider: null };
        try {
          return await work(linked.signal);
        } finally {
          slot.operation = undefined;
          this.onSettled();
        }
      },
      { name: operation, signal: linked.signal },
    );
  }

  /**
   * Runs what builds one instance, as one of at most `concurrency` at a time. A factory that waits for another key to
   * be started or swapped gives its place away for good: what it waits for may need it.
   */
  building<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const place = new BuildPlace();
      const build = async (): Promise<void> => {
        const built = this.#places.runExclusive(place, work);
        built.then(resolve, reject);
        await Promise.race([built, place.left]);
      };
      this.#permits.run(build, signal).catch(reject);
    });
  }

  /** Called before the calling context waits for an operation: if it is inside a factory, that keeps no other waiting. */
  leavePlaces(): void {
    for (const place of this.#places.keys()) if (this.#places.isHeldByCurrentContext(place)) place.leave();
  }

  /**
   * Refuses to wait for what waits for the caller, and to run what may yet be undone.
   *
   * @throws `ONEIRIC_LIFECYCLE_REENTRANT`, `ONEIRIC_LIFECYCLE_IN_TRANSACTION`
   */
  assertOutside({ name, domain, key }: Slot, operation: Operation): void {
    if (this.registry.isInTransaction)
      throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_IN_TRANSACTION', { domain, key, operation });
    if (this.lock.isHeldByCurrentContext(name))
      throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_REENTRANT', { domain, key, operation });
  }

  /**
   * Waits for a key that is being worked on, unless that waits for an operation which the caller is inside of: a
   * factory may ask for a key whose factory asks, perhaps by way of others, for this one.
   *
   * @throws `ONEIRIC_LIFECYCLE_REENTRANT`
   */
  async waitingFor<T>(slot: Slot, operation: Operation, work: () => Promise<T>): Promise<T> {
    const { name, domain, key } = slot;
    if (!slot.flight.isFlying && !this.lock.isLocked(name)) return await work();
    const inside = [...this.lock.keys()].filter((other) => this.lock.isHeldByCurrentContext(other));
    if (inside.length === 0) return await work();
    if (this.#waitsForAny(name, inside))
      throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_REENTRANT', { domain, key, operation });
    const wait = { inside, name };
    this.#waits.add(wait);
    try {
      return await work();
    } finally {
      this.#waits.delete(wait);
    }
  }

  #waitsForAny(name: string, wanted: readonly string[]): boolean {
    const reached = new Set([name]);
    for (const each of reached) {
      if (wanted.includes(each)) return true;
      for (const wait of this.#waits) if (wait.inside.includes(each)) reached.add(wait.name);
    }
    return false;
  }

  /** @throws `ONEIRIC_LIFECYCLE_CLOSED` */
  assertOpen(what: string): void {
    if (this.isClosed) throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_CLOSED', { what });
  }

  /** Starts work that nobody awaits, in the section of nobody; what it throws becomes an event. */
  inBackground(operation: Operation, slot: Slot, work: () => Promise<unknown>): void {
    lockContext().outside(() => {
      work().catch((error: unknown) => {
        if (this.isClosed) return;
        this.report(slot, operation, null, error);
      });
    });
  }

  /** Keeps a failure in the slot's facts and tells the listeners; once, however many hands it passes through. */
  report(slot: Slot, operation: Operation, provider: string | null, error: unknown): void {
    const { domain, key, facts } = slot;
    if (facts.failure?.error === error) return;
    facts.fail(error, provider);
    this.feed.emit('failed', { domain, key, operation, provider, error });
  }
}

/** One of the places of those that are being built. */
class BuildPlace {
  readonly left: Promise<void>;
  leave: () => void = () => undefined;

  constructor() {
    this.left = new Promise((resolve) => (this.leave = resolve));
  }
}
