import { createError } from '../errors/oneiric-error.js';
import { watchForDeadlock } from './deadlock-watch.js';
import { describeFailure, describeLock, describeSection } from './describe-lock.js';
import { HandOver } from './hand-over.js';
import { lockContext } from './lock-context.js';
import type { LockCore } from './lock-core.js';
import { acquired, tellAcquired } from './lock-channels.js';
import { LOCK_ERRORS } from './lock-errors.js';
import { LockEvents } from './lock-events.js';
import {
  DetachedBarrier,
  LockLevel,
  nearestLiveFrame,
  SectionFrame,
  sectionLabel,
  type SectionOrigin,
  type WaitingSection,
} from './lock-frame.js';
import {
  assertFunction,
  runSettings,
  type LockSettings,
  type RunOptions,
  type RunSettings,
} from './lock-options.js';
import { LockOrder } from './lock-order.js';
import type { LockReport } from './lock-report.js';
import { LockStatistics } from './lock-statistics.js';
import { watchOrder } from './order-watch.js';
import { PendingSection } from './pending-section.js';
import type { OnSettled, SectionBody, SectionRequest } from './section-request.js';
import { SectionRunner } from './section-runner.js';

/** What a {@link SectionEngine} may share with others, as the locks of a `KeyedLock` do. */
export interface EngineParts {
  readonly events?: LockEvents;
  readonly statistics?: LockStatistics;
  /** Called when nothing runs and nothing waits any more. */
  readonly onIdle?: (engine: SectionEngine) => void;
  readonly order?: (name: string) => LockOrder;
}

/**
 * What every lock of this folder does. A granted section is a frame; a request enters the queue of the nearest live
 * frame of this lock that its context descends from, else the lock's own. `docs/decisions/0001-reentrant-lock.md` has
 * the model and the argument.
 */
export class SectionEngine implements LockCore {
  readonly name: string;
  readonly settings: LockSettings;
  readonly events: LockEvents;
  readonly statistics: LockStatistics;
  readonly root: LockLevel;
  readonly #context = lockContext();
  readonly #handOver = new HandOver((waiting) =>
    this.#enter(waiting.level, waiting.request, this.#endWait(waiting), waiting.since),
  );
  readonly #runner = new SectionRunner(this, this.#context, this.#handOver, () => this.#noteIdle());
  readonly #onIdle: ((engine: SectionEngine) => void) | undefined;
  readonly #order: ((name: string) => LockOrder) | undefined;
  #ownOrder: LockOrder | undefined;
  #tickets = 0;

  constructor(settings: LockSettings, parts: EngineParts = {}) {
    this.settings = settings;
    this.name = settings.name ?? `lock-${this.#context.nextSequence()}`;
    this.events = parts.events ?? new LockEvents();
    this.statistics = parts.statistics ?? new LockStatistics();
    this.root = new LockLevel(this);
    this.#onIdle = parts.onIdle;
    this.#order = parts.order;
  }

  order(): LockOrder {
    return (this.#ownOrder ??=
      this.#order?.(this.name) ?? new LockOrder(this.#context.nextSequence(), this.name));
  }

  /** The nearest live section of this lock that the calling context descends from. */
  currentFrame(): SectionFrame | undefined {
    return nearestLiveFrame(this.#context.current(), this);
  }

  isBusy(): boolean {
    return this.root.first !== undefined || this.root.waiting > 0;
  }

  query(): LockReport {
    return describeLock(this.root);
  }

  detach<T>(fn: () => T): T {
    assertFunction('fn', fn);
    const context = this.#context.current();
    const frame = nearestLiveFrame(context, this);
    return frame === undefined
      ? fn()
      : this.#context.run(new DetachedBarrier(frame, context), () => fn(), undefined);
  }

  assertLeaf(): void {
    const frame = this.currentFrame();
    if (frame === undefined) {
      throw createError(LOCK_ERRORS, 'ONEIRIC_LOCK_NOT_OWNED', {
        lock: this.name,
        holder: this.#holder(this.root),
      });
    }
    if (frame.first === undefined) return;
    const [section, children] = [sectionLabel(frame), frame.running().map(sectionLabel)];
    throw createError(LOCK_ERRORS, 'ONEIRIC_LOCK_CHILD_ACTIVE', { lock: this.name, section, children });
  }

  /** Requests a section. Never throws synchronously. */
  run<T>(
    body: SectionBody<T>,
    shared: boolean,
    options: RunOptions | undefined,
    onSettled: OnSettled | undefined,
  ): Promise<T> {
    try {
      assertFunction('fn', body);
      const settings = runSettings(options);
      const { name, signal } = settings;
      const context = this.#context.current();
      const parent = nearestLiveFrame(context, this);
      const level = parent ?? this.root;
      const ticket = ++this.#tickets;
      const request: SectionRequest<T> = { context, shared, name, ticket, body, signal, onSettled };
      if (parent?.reader === true && !shared) throw this.#upgradeError(request, parent);
      if (signal?.aborted === true) {
        this.statistics.counters.aborted++;
        throw signal.reason;
      }
      const outermost = context !== undefined && parent === undefined && !settings.ifAvailable;
      if (level.admits(shared)) {
        const now = this.settings.clock.now();
        const frame = this.#enter(level, request, now, now);
        // Its listeners may use this very lock: they come when the request has its place.
        if (outermost) watchOrder(context, this);
        return this.#context.isDeep
          ? this.#runner.runLater(frame, request)
          : this.#runner.run(frame, request);
      }
      this.#assertMayWait(request, level, settings);
      return new Promise((resolve, reject) => {
        this.#wait(request, level, settings.timeoutMs, resolve, reject);
        if (outermost) watchOrder(context, this);
      });
    } catch (error) {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a signal's reason may be anything
      return Promise.reject(error);
    }
  }

  #upgradeError(origin: SectionOrigin, parent: SectionFrame) {
    const [section, reader] = [sectionLabel(origin), sectionLabel(parent)];
    return createError(LOCK_ERRORS, 'ONEIRIC_LOCK_UPGRADE', { lock: this.name, section, reader });
  }

  #assertMayWait(origin: SectionOrigin, level: LockLevel, { ifAvailable }: RunSettings): void {
    const pending = level.waiting;
    const { maxPending } = this.settings;
    if (!ifAvailable && pending < maxPending) return;
    const about = { lock: this.name, section: sectionLabel(origin), holder: this.#holder(level) };
    if (ifAvailable) throw createError(LOCK_ERRORS, 'ONEIRIC_LOCK_UNAVAILABLE', { ...about, pending });
    throw createError(LOCK_ERRORS, 'ONEIRIC_LOCK_QUEUE_FULL', { ...about, maxPending });
  }

  #holder(level: LockLevel): string | undefined {
    return level.first === undefined ? undefined : sectionLabel(level.first);
  }

  #enter(level: LockLevel, origin: SectionOrigin, now: number, since: number): SectionFrame {
    const { clock, longHoldMs } = this.settings;
    const frame = new SectionFrame(level, origin, now);
    this.statistics.counters.acquired++;
    if (longHoldMs !== undefined) {
      frame.longHold = clock.after(longHoldMs, () => {
        this.events.emit('long-hold', { lock: this.name, section: describeSection(frame, clock.now()) });
      });
    }
    level.add(frame);
    if (acquired.hasSubscribers) tellAcquired(frame, now - since);
    return frame;
  }

  #wait<T>(
    request: SectionRequest<T>,
    level: LockLevel,
    timeoutMs: number | undefined,
    resolve: (value: T) => void,
    reject: (reason: unknown) => void,
  ): void {
    const { clock } = this.settings;
    const { counters } = this.statistics;
    const sequence = this.#context.nextSequence();
    const waiting = new PendingSection(this.#runner, request, level, sequence, clock.now(), resolve, reject);
    counters.contended++;
    this.#handOver.wait(waiting);
    waiting.heedSignal((reason) => {
      counters.aborted++;
      this.#giveUp(waiting, reason);
    });
    if (timeoutMs !== undefined) {
      const expire = (): void => {
        counters.timedOut++;
        const details = { ...this.#failure(waiting), timeoutMs };
        this.#giveUp(waiting, createError(LOCK_ERRORS, 'ONEIRIC_LOCK_TIMEOUT', details));
      };
      waiting.timeout = clock.after(timeoutMs, expire, { keepsAlive: true });
    }
    if (request.context === undefined) return;
    watchForDeadlock(waiting, clock, (cycle) => {
      counters.deadlocks++;
      const details = { ...this.#failure(waiting), cycle };
      this.#giveUp(waiting, createError(LOCK_ERRORS, 'ONEIRIC_LOCK_DEADLOCK', details));
    });
  }

  #failure(waiting: WaitingSection) {
    const waitedMs = this.settings.clock.now() - waiting.since;
    const report = describeFailure(this.root, waiting, this.#handOver.size);
    return { lock: this.name, section: sectionLabel(waiting.request), waitedMs, report };
  }

  #giveUp<T>(waiting: PendingSection<T>, reason: unknown): void {
    this.#endWait(waiting);
    this.#handOver.withdraw(waiting);
    waiting.reject(reason);
    this.#noteIdle();
  }

  /** The waiting is over, one way or the other; returns the time. */
  #endWait(waiting: WaitingSection): number {
    const now = this.settings.clock.now();
    this.statistics.waited(now - waiting.since);
    waiting.release();
    return now;
  }

  #noteIdle(): void {
    if (this.#onIdle !== undefined && !this.isBusy()) this.#onIdle(this);
  }
}
