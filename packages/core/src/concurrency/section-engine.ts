import { createError } from '../errors/oneiric-error.js';
import { describeFailure, describeLock, describeRequest, describeSection } from './describe-lock.js';
import { HandOver } from './hand-over.js';
import { lockContext } from './lock-context.js';
import type { LockCore } from './lock-core.js';
import { LOCK_ERRORS, type DeadlockStep } from './lock-errors.js';
import { LockEvents, type LockEventMap } from './lock-events.js';
import {
  DetachedBarrier,
  heldFrames,
  LockLevel,
  nearestLiveFrame,
  SectionFrame,
  sectionLabel,
  type ContextNode,
  type LockFrame,
  type SectionOrigin,
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
import { PendingSection } from './pending-section.js';
import { findCycle, type WaitEdge } from './wait-graph.js';

/** How a section ended, as far as it concerns what was done in it. @internal */
export interface SectionOutcome {
  /** The body fulfilled, and the section is not about to be rejected for what it left behind. */
  readonly ok: boolean;
}

/**
 * Called at the instant the lock has learnt that the body settled, while the frame is still live and before anything
 * that waits inside it is granted or moved; what it throws, the section rejects with. @internal
 */
export type OnSettled = (frame: LockFrame, outcome: SectionOutcome) => void;

type Body<T> = (frame: LockFrame, signal: AbortSignal | undefined) => T | PromiseLike<T>;

const OK: SectionOutcome = Object.freeze({ ok: true });
const FAILED: SectionOutcome = Object.freeze({ ok: false });

/** What a {@link SectionEngine} may share with others, as the locks of a `KeyedLock` do. */
export interface EngineParts {
  readonly events?: LockEvents;
  readonly statistics?: LockStatistics;
  /** Called when nothing runs and nothing waits any more. */
  readonly onIdle?: () => void;
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
  readonly #handOver = new HandOver((request) => {
    this.statistics.waited(this.settings.clock.now() - request.since);
    return this.#enter(request.level, request);
  });
  readonly #onIdle: (() => void) | undefined;
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
    return frame === undefined ? fn() : this.#context.run(new DetachedBarrier(frame, context), () => fn());
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

  /** Runs `body` as a section. Never throws synchronously. */
  run<T>(
    body: Body<T>,
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
      const origin: SectionOrigin = { context, shared, name, ticket: ++this.#tickets };
      if (parent?.reader === true && !shared) throw this.#upgradeError(origin, parent);
      if (signal?.aborted === true) {
        this.statistics.counters.aborted++;
        throw signal.reason;
      }
      if (context !== undefined && parent === undefined && !settings.ifAvailable) this.#noteOrder(context);
      if (level.admits(shared)) return this.#runNow(this.#enter(level, origin), body, signal, onSettled);
      this.#assertMayWait(origin, level, settings);
      return new Promise((resolve, reject) => {
        const start = (frame: SectionFrame): void =>
          this.#runInto(frame, body, signal, onSettled, resolve, reject);
        this.#wait(origin, level, settings, start, reject);
      });
    } catch (error) {
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

  #enter(level: LockLevel, origin: SectionOrigin): SectionFrame {
    const { clock, longHoldMs } = this.settings;
    const frame = new SectionFrame(level, origin, clock.now());
    level.add(frame);
    this.statistics.counters.acquired++;
    if (longHoldMs !== undefined) {
      frame.longHold = clock.after(longHoldMs, () => {
        this.events.emit('long-hold', { lock: this.name, section: describeSection(frame, clock.now()) });
      });
    }
    return frame;
  }

  /** Takes down that the lock is asked for inside others, and says so where it was the other way round before. */
  #noteOrder(context: ContextNode): void {
    if (!this.settings.detectOrder) return;
    for (const { core } of heldFrames(context)) {
      if (!core.settings.detectOrder) continue;
      const earlier = core.order().follow(this.order());
      if (earlier === undefined) continue;
      const payload = { wanted: this.name, held: core.name, earlier };
      this.events.emit('order-inversion', payload);
      core.events.emit('order-inversion', payload);
    }
  }

  #runNow<T>(
    frame: SectionFrame,
    body: Body<T>,
    signal: AbortSignal | undefined,
    onSettled: OnSettled | undefined,
  ): Promise<T> {
    let result: T | PromiseLike<T>;
    let later: boolean;
    try {
      result = this.#context.run(frame, body, signal);
      later = isThenable(result);
    } catch (error) {
      return Promise.reject(this.#fail(frame, onSettled, error));
    }
    if (!later) {
      this.#settle(frame, onSettled, true);
      return Promise.resolve(result);
    }
    return Promise.resolve(result).then(
      (value) => {
        this.#settle(frame, onSettled, true);
        return value;
      },
      (error: unknown) => {
        throw this.#fail(frame, onSettled, error);
      },
    );
  }

  #runInto<T>(
    frame: SectionFrame,
    body: Body<T>,
    signal: AbortSignal | undefined,
    onSettled: OnSettled | undefined,
    resolve: (value: T) => void,
    reject: (reason: unknown) => void,
  ): void {
    const succeed = (value: T): void => {
      try {
        this.#settle(frame, onSettled, true);
        resolve(value);
      } catch (error) {
        reject(error);
      }
    };
    const fail = (error: unknown): void => reject(this.#fail(frame, onSettled, error));
    let result: T | PromiseLike<T>;
    let later: boolean;
    try {
      result = this.#context.run(frame, body, signal);
      later = isThenable(result);
    } catch (error) {
      fail(error);
      return;
    }
    if (later) void Promise.resolve(result).then(succeed, fail);
    else succeed(result as T);
  }

  /** The body failed: settles the section and returns what to reject with. */
  #fail(frame: SectionFrame, onSettled: OnSettled | undefined, error: unknown): unknown {
    try {
      this.#settle(frame, onSettled, false, error);
      return error;
    } catch (other) {
      return other;
    }
  }

  /** The one place where a section ends. Throws what the section is to reject with instead of its own outcome. */
  #settle(frame: SectionFrame, onSettled: OnSettled | undefined, ok: boolean, cause?: unknown): void {
    const orphaned = this.settings.strict ? this.#orphanedError(frame, ok ? {} : { cause }) : undefined;
    try {
      onSettled?.(frame, ok && orphaned === undefined ? OK : FAILED);
    } finally {
      this.#leave(frame);
    }
    if (orphaned !== undefined) throw orphaned;
  }

  #orphanedError(frame: SectionFrame, options: { readonly cause?: unknown }) {
    if (frame.first === undefined && frame.waiting === 0) return undefined;
    const details = {
      lock: this.name,
      section: sectionLabel(frame),
      running: frame.running().map(sectionLabel),
      requeued: [...(frame.queue ?? [])].map(sectionLabel),
    };
    return createError(LOCK_ERRORS, 'ONEIRIC_LOCK_ORPHANED', details, options);
  }

  #leave(frame: SectionFrame): void {
    const { host } = frame;
    frame.live = false;
    frame.longHold?.[Symbol.dispose]();
    this.statistics.held(this.settings.clock.now() - frame.startedAt);
    const orphans = frame.first !== undefined || frame.waiting > 0 ? this.#describeOrphans(frame) : undefined;
    this.#handOver.moveUp(frame);
    host.remove(frame);
    host.adopt(frame);
    if (host.first === undefined) {
      this.#handOver.free(host);
      this.#noteIdle(host);
    }
    if (orphans !== undefined) this.events.emit('orphan-running', orphans);
  }

  #describeOrphans(frame: SectionFrame): LockEventMap['orphan-running'] | undefined {
    if (!this.events.isHeard('orphan-running')) return undefined;
    const now = this.settings.clock.now();
    return {
      lock: this.name,
      section: describeSection(frame, now),
      running: frame.running().map((child) => describeSection(child, now)),
      requeued: [...(frame.queue ?? [])].map((request) => describeRequest(request, now)),
    };
  }

  #noteIdle(level: LockLevel): void {
    if (level === this.root && level.first === undefined && level.waiting === 0) this.#onIdle?.();
  }

  #wait(
    origin: SectionOrigin,
    level: LockLevel,
    settings: RunSettings,
    start: (frame: SectionFrame) => void,
    reject: (reason: unknown) => void,
  ): void {
    const { clock } = this.settings;
    const waiting = new PendingSection(
      origin,
      level,
      this.#context.nextSequence(),
      clock.now(),
      start,
      reject,
    );
    this.statistics.counters.contended++;
    this.#handOver.wait(waiting);
    this.#limit(waiting, settings);
    if (origin.context !== undefined) this.#suspectDeadlock(waiting);
  }

  /** What may end the waiting before the section starts. */
  #limit(waiting: PendingSection, { signal, timeoutMs }: RunSettings): void {
    const { clock } = this.settings;
    if (signal !== undefined) {
      waiting.watch(signal, (reason) => {
        this.statistics.counters.aborted++;
        this.#giveUp(waiting, reason);
      });
    }
    if (timeoutMs === undefined) return;
    const expire = (): void => {
      this.statistics.counters.timedOut++;
      const details = { ...this.#failure(waiting), timeoutMs };
      this.#giveUp(waiting, createError(LOCK_ERRORS, 'ONEIRIC_LOCK_TIMEOUT', details));
    };
    waiting.timeout = clock.after(timeoutMs, expire, { keepsAlive: true });
  }

  #failure(waiting: PendingSection) {
    const waitedMs = this.settings.clock.now() - waiting.since;
    const report = describeFailure(this.root, waiting);
    return { lock: this.name, section: sectionLabel(waiting), waitedMs, report };
  }

  #giveUp(waiting: PendingSection, reason: unknown): void {
    waiting.release();
    this.statistics.waited(this.settings.clock.now() - waiting.since);
    this.#handOver.withdraw(waiting);
    waiting.reject(reason);
    this.#noteIdle(this.root);
  }

  #suspectDeadlock(waiting: PendingSection): void {
    const cycle = findCycle(waiting);
    if (cycle === undefined) return;
    const graceMs = graceOf(cycle);
    this.#watchCycle(waiting, graceMs);
    const payload = { cycle: cycle.map(describeStep), graceMs };
    for (const { events } of new Set(cycle.map(({ holder }) => holder.core))) {
      events.emit('deadlock-suspected', payload);
    }
  }

  /** After the grace: the request fails if it still closes a circle, and one whose own grace is over. */
  #watchCycle(waiting: PendingSection, inMs: number): void {
    const { clock } = this.settings;
    const judge = (): void => {
      const cycle = findCycle(waiting);
      if (cycle === undefined) return;
      const leftMs = graceOf(cycle) - (clock.now() - waiting.since);
      if (leftMs >= 1) {
        this.#watchCycle(waiting, leftMs);
        return;
      }
      this.statistics.counters.deadlocks++;
      const details = { ...this.#failure(waiting), cycle: cycle.map(describeStep) };
      this.#giveUp(waiting, createError(LOCK_ERRORS, 'ONEIRIC_LOCK_DEADLOCK', details));
    };
    waiting.suspicion = clock.after(inMs, judge, { keepsAlive: true });
  }
}

/** The largest grace of the locks in a circle. */
function graceOf(cycle: readonly WaitEdge[]): number {
  return cycle.reduce((most, { holder }) => Math.max(most, holder.core.settings.deadlockGraceMs), 0);
}

function describeStep({ request, holder }: WaitEdge): DeadlockStep {
  return { request: sectionLabel(request), lock: holder.core.name, holder: sectionLabel(holder) };
}

function isThenable(value: unknown): boolean {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as PromiseLike<unknown>).then === 'function'
  );
}
