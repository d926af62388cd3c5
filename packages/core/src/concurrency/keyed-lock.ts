import { describeValue } from '../foundation/describe-value.js';
import { lockContext } from './lock-context.js';
import { LockEvents, type LockEvent, type LockEventMap } from './lock-events.js';
import { lockSettings, type LockOptions, type LockSettings, type RunOptions } from './lock-options.js';
import { LockOrder } from './lock-order.js';
import type { LockReport } from './lock-report.js';
import { LockStatistics } from './lock-statistics.js';
import { sectionBody, type SectionFunction } from './section-body.js';
import { SectionEngine } from './section-engine.js';

/** For how many keys the order in which they are locked is remembered; the oldest is forgotten first. */
const MOST_ORDERS = 256;

/**
 * One `ReentrantLock` per key, all with the same options; a key that nobody holds or waits for takes no memory, but
 * for the last 256 that were locked inside others while `detectOrder` is on. Keys are compared as in a `Map`.
 *
 * Sections of different keys run side by side; a section may lock further keys inside, and a deadlock between keys is
 * found as between any locks. Counters, times and events are those of all keys together; the lock of a key is called
 * `<name>[<key>]`.
 */
export class KeyedLock<K = string> {
  readonly name: string;
  readonly #settings: LockSettings;
  readonly #events = new LockEvents();
  readonly #statistics = new LockStatistics();
  readonly #engines = new Map<K, SectionEngine>();
  readonly #orders = new Map<K, LockOrder>();

  /** @throws `ONEIRIC_LOCK_OPTION_INVALID` */
  constructor(options?: LockOptions) {
    this.#settings = lockSettings(options);
    this.name = this.#settings.name ?? `lock-${lockContext().nextSequence()}`;
  }

  /** As `ReentrantLock.runExclusive`, for one key. */
  runExclusive<T>(key: K, fn: SectionFunction<T>, options?: RunOptions): Promise<T> {
    const engine = this.#engineOf(key);
    const result = engine.run(sectionBody(fn), false, options, undefined);
    if (!engine.isBusy()) this.#forget(key, engine);
    return result;
  }

  /** As `ReentrantLock.detach`, for one key. */
  detach<T>(key: K, fn: () => T): T {
    return (this.#engines.get(key) ?? this.#makeEngine(key)).detach(fn);
  }

  /** As `ReentrantLock.assertLeaf`, for one key. @throws `ONEIRIC_LOCK_NOT_OWNED`, `ONEIRIC_LOCK_CHILD_ACTIVE` */
  assertLeaf(key: K): void {
    (this.#engines.get(key) ?? this.#makeEngine(key)).assertLeaf();
  }

  /** Does anybody hold the key, or wait for it? Without a key: any of them. */
  isLocked(...key: readonly [key?: K]): boolean {
    return key.length === 0 ? this.#engines.size > 0 : this.#engines.has(key[0] as K);
  }

  /** Does the calling context descend from a section of this key that is still running? */
  isHeldByCurrentContext(key: K): boolean {
    return this.#engines.get(key)?.currentFrame() !== undefined;
  }

  /** Who holds and who waits, now: for one key, or for all that are in use, where each says which lock it is about. */
  query(...key: readonly [key?: K]): LockReport {
    if (key.length > 0) return (this.#engines.get(key[0] as K) ?? this.#makeEngine(key[0] as K)).query();
    const reports = [...this.#engines.values()].map((engine) => engine.query());
    return {
      lock: this.name,
      held: reports.flatMap(({ lock, held }) => held.map((section) => ({ ...section, lock }))),
      pending: reports.flatMap(({ lock, pending }) => pending.map((request) => ({ ...request, lock }))),
      pendingTotal: reports.reduce((total, { pendingTotal }) => total + pendingTotal, 0),
      counters: { ...this.#statistics.counters },
      times: { ...this.#statistics.times },
    };
  }

  /** The keys that somebody holds or waits for, in the order in which they came to be in use. */
  keys(): IterableIterator<K> {
    return this.#engines.keys();
  }

  /** As `ReentrantLock.on`, for all keys. */
  on<E extends LockEvent>(event: E, listener: (payload: LockEventMap[E]) => void): Disposable {
    return this.#events.on(event, listener);
  }

  #engineOf(key: K): SectionEngine {
    let engine = this.#engines.get(key);
    if (engine === undefined) this.#engines.set(key, (engine = this.#makeEngine(key)));
    return engine;
  }

  #makeEngine(key: K): SectionEngine {
    const label = typeof key === 'string' ? key : describeValue(key);
    return new SectionEngine(
      { ...this.#settings, name: `${this.name}[${label}]` },
      {
        events: this.#events,
        statistics: this.#statistics,
        onIdle: (engine) => {
          this.#forget(key, engine);
        },
        order: (name) => this.#orderOf(key, name),
      },
    );
  }

  /** The lock of a key goes when nobody uses it; a listener may have put the next one in its place already. */
  #forget(key: K, engine: SectionEngine): void {
    if (this.#engines.get(key) === engine) this.#engines.delete(key);
  }

  /** The order is remembered by key, since the lock of a key does not outlive its use. */
  #orderOf(key: K, name: string): LockOrder {
    const known = this.#orders.get(key);
    if (known !== undefined) return known;
    if (this.#orders.size >= MOST_ORDERS) {
      for (const oldest of this.#orders.keys()) {
        this.#orders.delete(oldest);
        break;
      }
    }
    const order = new LockOrder(lockContext().nextSequence(), name);
    this.#orders.set(key, order);
    return order;
  }
}
