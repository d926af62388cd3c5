import { lockContext } from '../concurrency/lock-context.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isKey, type Key } from '../foundation/key.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import { assertMethodOptions } from './check-options.js';
import { closeComponents } from './close-components.js';
import type { ComponentStatus } from './component-status.js';
import { DecisionFollower } from './decision-follower.js';
import { DecisionHistory } from './decision-history.js';
import { describeComponent, isListed } from './describe-component.js';
import { LifecycleCore, rememberCore } from './lifecycle-core.js';
import { LIFECYCLE_ERRORS } from './lifecycle-errors.js';
import type { LifecycleEvent, LifecycleEvents } from './lifecycle-events.js';
import { type LifecycleOptions, lifecycleSettings } from './lifecycle-options.js';
import { drainComponent, pauseComponent, resumeComponent } from './pause-component.js';
import type { SwapPlan } from './plan-swap.js';
import { type ProbeReport, Prober } from './prober.js';
import { rollbackTarget } from './roll-back.js';
import { type RunningReport, runningReport } from './running-report.js';
import type { Slot } from './slot.js';
import { startAll } from './start-all.js';
import { startComponent } from './start-component.js';
import { StatusKeeper } from './status-keeper.js';
import { deactivateComponent, type Dependents, dependentsByName } from './stop-component.js';
import { decidedTarget, planFor, swapComponent } from './swap-component.js';
import type { SwapReport } from './swap-report.js';

/** What ends the wait for an operation. */
export interface OperationOptions {
  readonly signal?: AbortSignal;
}

export interface ActivateAllOptions extends OperationOptions {
  /** Only keys of this domain. Default: of all. */
  readonly domain?: string;
}

export interface RollbackOptions extends OperationOptions {
  /**
   * Called when it begins: it waits until nothing else is done to the key, and is never called where it is given up
   * before that. What it throws ends the operation before anything was done.
   */
  readonly onBegin?: () => void;
}

export interface SwapOptions extends RollbackOptions {
  /** The best candidate of this provider, also where another one wins. Default: whoever wins. */
  readonly provider?: string;
  /** Only say what would be done: the report's `plan`. Default: false. */
  readonly dryRun?: boolean;
}

export interface ProbeCallOptions extends OperationOptions {
  /**
   * Does the answer count? Where not, what runs is only asked: nothing is marked and nothing swapped, and none of those
   * that another one runs in the place of is tried. Default: true.
   */
  readonly counts?: boolean;
}

export interface PauseOptions extends OperationOptions {
  /** Shown in every explanation while it lasts. */
  readonly reason?: string;
}

export interface DeactivateOptions extends OperationOptions {
  /** What becomes of running components that were given it. Default: `refuse`. */
  readonly dependents?: Dependents;
}

/** The arguments of a method about one key: the typed key, or its two names, and options. */
type KeyArguments = readonly [first: unknown, second?: unknown, third?: unknown];

/**
 * Runs what the registry decides: starts it, watches over it, puts another in its place while calls are in flight, and
 * stops it.
 *
 * **One operation at a time for each key**, in the order in which they were asked for; different keys side by side, with
 * at most `concurrency` instances being built at once. Concurrent activations share one instance and one failure.
 *
 * **A decision never stops an instance.** Only `deactivate`, a completed swap and `close` do. Where a swap fails before
 * the new instance is bound, the old one goes on serving and the new one is closed; what fails after that is reported,
 * and the new one serves. An instance is closed exactly once, when no call can reach it any more: after the calls in
 * flight on it have ended, or after `drainMs`, which is reported.
 *
 * **Signals and time limits** end every phase. A factory, a check or a hook that does not heed its signal goes on by
 * itself; an instance that it still gives is closed. After the new instance is bound, a signal only ends the caller's
 * wait.
 *
 * All methods that return a promise reject and never throw synchronously. What changes something is refused inside a
 * transaction of the registry, which may yet be undone (`ONEIRIC_LIFECYCLE_IN_TRANSACTION`), and inside an operation on
 * the same key, which would wait for itself (`ONEIRIC_LIFECYCLE_REENTRANT`). Nor should a call on a component wait for
 * its swap: the swap waits for the call, until `drainMs`.
 *
 * Not promised: that a synchronous endless loop ends, that instances reached by `peek()` or kept from `use` are open.
 */
export class LifecycleManager implements AsyncDisposable {
  readonly #core: LifecycleCore;
  readonly #follower: DecisionFollower;
  readonly #prober: Prober;
  readonly #history: DecisionHistory;
  readonly #keeper: StatusKeeper | undefined;
  #closed: Promise<void> | undefined;

  /** @throws `ONEIRIC_LIFECYCLE_OPTION_INVALID` */
  constructor(registry: CandidateRegistry, options?: LifecycleOptions) {
    const settings = lifecycleSettings(options);
    assertRegistry(registry);
    this.#core = new LifecycleCore(registry, settings);
    rememberCore(this, this.#core);
    this.#core.feed.source = { lifecycle: this, registry };
    this.#core.starter = (slot, signal) => startComponent(this.#core, slot, signal);
    this.#follower = new DecisionFollower(this.#core);
    this.#prober = new Prober(this.#core);
    this.#history = new DecisionHistory(registry);
    const { statusFile } = settings;
    this.#keeper =
      statusFile === undefined ? undefined : new StatusKeeper(this.#core, statusFile, () => this.statuses());
  }

  /**
   * The running instance; started where it does not run, after everything that it injects. Who asks while it is being
   * started gets the same instance, or the same failure; a failed start can be tried again. For something that follows
   * swaps, ask for `live`.
   *
   * @throws `ONEIRIC_RESOLUTION_NONE`, `ONEIRIC_LIFECYCLE_FAILED` with the phase and the cause,
   *   `ONEIRIC_LIFECYCLE_DEPENDENCY`, `ONEIRIC_LIFECYCLE_CYCLE`, `ONEIRIC_LIFECYCLE_SCOPE`,
   *   `ONEIRIC_LIFECYCLE_REENTRANT`, `ONEIRIC_LIFECYCLE_CLOSED`, the signal's reason
   */
  activate<T>(key: Key<T>, options?: OperationOptions): Promise<T>;
  activate(domain: string, key: string, options?: OperationOptions): Promise<unknown>;
  async activate(...args: KeyArguments): Promise<unknown> {
    const { slot, options } = this.#target<OperationOptions>('activate', args);
    const { instance } = await startComponent(this.#core, slot, options.signal);
    return instance;
  }

  /**
   * Starts the winner of every key, or of those of one domain, side by side. Passed over are keys that nobody wins, and
   * those whose winner is no singleton.
   *
   * @throws an `AggregateError` of all that could not be started; the others run. The signal's reason
   */
  activateAll(options: ActivateAllOptions = {}): Promise<void> {
    return startAll(this.#core, options);
  }

  /**
   * Puts a new instance in the place of what runs: of whoever wins now, or of the named provider. Starts it where
   * nothing runs; does nothing where it runs already.
   *
   * @throws as `activate`; the old instance then goes on serving
   */
  swap(key: Key, options?: SwapOptions): Promise<SwapReport>;
  swap(domain: string, key: string, options?: SwapOptions): Promise<SwapReport>;
  async swap(...args: KeyArguments): Promise<SwapReport> {
    this.#core.assertOpen('lifecycle.swap()');
    const { domain, key, options } = readArguments<SwapOptions>(args);
    const { provider, dryRun = false, signal, onBegin } = options;
    if (dryRun) return planned(this.#plan(domain, key, provider));
    const slot = this.#core.slotOf(domain, key);
    const target = () => decidedTarget(this.#core, slot, provider);
    return await swapComponent(this.#core, slot, { operation: 'swap', signal, target, onBegin });
  }

  /**
   * Returns to the provider that served well before the present one: its best candidate is built anew, since what ran
   * then is closed. With a status file also to one of the process before.
   *
   * @throws `ONEIRIC_LIFECYCLE_NO_ROLLBACK`, and as `swap`
   */
  rollback(key: Key, options?: RollbackOptions): Promise<SwapReport>;
  rollback(domain: string, key: string, options?: RollbackOptions): Promise<SwapReport>;
  async rollback(...args: KeyArguments): Promise<SwapReport> {
    const { slot, options } = this.#target<RollbackOptions>('rollback', args);
    await this.#keeper?.restored;
    const target = () => rollbackTarget(this.#core, slot);
    const { signal, onBegin } = options;
    return await swapComponent(this.#core, slot, { operation: 'rollback', signal, target, onBegin });
  }

  /**
   * Stops what runs: no call begins any more, those in flight end, the instance is closed. A live handle does not start
   * it again; `activate` does. Does nothing where nothing runs.
   *
   * @throws `ONEIRIC_LIFECYCLE_IN_USE`; `ONEIRIC_LIFECYCLE_FAILED` where it could not be drained or closed, and is
   *   stopped all the same
   */
  deactivate(key: Key, options?: DeactivateOptions): Promise<void>;
  deactivate(domain: string, key: string, options?: DeactivateOptions): Promise<void>;
  async deactivate(...args: KeyArguments): Promise<void> {
    const { slot, options } = this.#target<DeactivateOptions>('deactivate', args);
    const { dependents = 'refuse', signal } = options;
    await deactivateComponent(this.#core, slot, dependents, signal);
  }

  /**
   * The stable reference to whatever runs for a key: the same object at every call. Its `use` starts what was never
   * started; a handle that outlives its lifecycle fails with `ONEIRIC_LIFECYCLE_CLOSED`.
   *
   * @throws `ONEIRIC_REGISTRY_NAME_INVALID`, `ONEIRIC_LIFECYCLE_CLOSED`
   */
  live<T>(key: Key<T>): LiveHandle<T>;
  live(domain: string, key: string): LiveHandle<unknown>;
  live(...args: KeyArguments): LiveHandle<unknown> {
    const { slot } = this.#target('live', args);
    slot.isWanted = true;
    return slot.handle;
  }

  /**
   * Asks what runs how it is, and counts the answer: `fall` failures in a row mark the candidate as unhealthy, `rise`
   * successes take the mark away. Also tries those that another one runs in the place of. With `counts: false` it only
   * asks.
   *
   * @throws `ONEIRIC_LIFECYCLE_NOT_ACTIVE`, the signal's reason
   */
  probe(key: Key, options?: ProbeCallOptions): Promise<ProbeReport>;
  probe(domain: string, key: string, options?: ProbeCallOptions): Promise<ProbeReport>;
  async probe(...args: KeyArguments): Promise<ProbeReport> {
    const { slot, options } = this.#target<ProbeCallOptions>('probe', args);
    return await this.#prober.probe(slot, options);
  }

  /**
   * Holds calls: `use` waits, up to `waitMs`, and calls through `proxy` throw `ONEIRIC_LIFECYCLE_PAUSED`. Calls in
   * flight go on. What runs is marked `PAUSED` and is not replaced, unless somebody calls `swap`.
   *
   * @throws `ONEIRIC_LIFECYCLE_NOT_ACTIVE`
   */
  pause(key: Key, options?: PauseOptions): Promise<void>;
  pause(domain: string, key: string, options?: PauseOptions): Promise<void>;
  async pause(...args: KeyArguments): Promise<void> {
    const { slot, options } = this.#target<PauseOptions>('pause', args);
    await this.#pausing(slot, pauseComponent(this.#core, slot, options));
  }

  /**
   * As `pause`, and resolves when no call is in flight any more. Where they do not end in time it stays paused.
   *
   * @throws `ONEIRIC_LIFECYCLE_NOT_ACTIVE`, `ONEIRIC_LIFECYCLE_FAILED` after `drainMs`
   */
  drain(key: Key, options?: PauseOptions): Promise<void>;
  drain(domain: string, key: string, options?: PauseOptions): Promise<void>;
  async drain(...args: KeyArguments): Promise<void> {
    const { slot, options } = this.#target<PauseOptions>('drain', args);
    await this.#pausing(slot, drainComponent(this.#core, slot, options));
  }

  /**
   * Lets calls through again, and follows what was decided meanwhile; where nothing was, whom somebody swapped or rolled
   * back to goes on. Does nothing where nothing is paused.
   */
  resume(key: Key, options?: OperationOptions): Promise<void>;
  resume(domain: string, key: string, options?: OperationOptions): Promise<void>;
  async resume(...args: KeyArguments): Promise<void> {
    const { slot, options } = this.#target<OperationOptions>('resume', args);
    const isDecidedAnew = await resumeComponent(this.#core, slot, options.signal);
    if (this.#core.settings.follow) this.#follower.resumed(slot, isDecidedAnew);
  }

  /** What a swap would do now, and why; nothing is done. @throws `ONEIRIC_RESOLUTION_NONE` */
  plan(key: Key, options?: Pick<SwapOptions, 'provider'>): SwapPlan;
  plan(domain: string, key: string, options?: Pick<SwapOptions, 'provider'>): SwapPlan;
  plan(...args: KeyArguments): SwapPlan {
    this.#core.assertOpen('lifecycle.plan()');
    const { domain, key, options } = readArguments<Pick<SwapOptions, 'provider'>>(args);
    return this.#plan(domain, key, options.provider);
  }

  /** What there is to say of one key now, also of one that was never started. Also after `close`. */
  status(key: Key): ComponentStatus;
  status(domain: string, key: string): ComponentStatus;
  status(...args: KeyArguments): ComponentStatus {
    const { domain, key } = readArguments(args);
    return describeComponent(this.#core, this.#core.lookAt(domain, key));
  }

  /**
   * The status of every key that was started, or that somebody has a live handle to, ordered by domain and key. A key
   * that was only looked at, or asked for in vain, is not among them.
   */
  statuses(): readonly ComponentStatus[] {
    const slots = [...this.#core.slots.values()]
      .filter((slot) => isListed(this.#core, slot))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const dependents = dependentsByName(this.#core);
    return Object.freeze(
      slots.map((slot) => describeComponent(this.#core, slot, dependents.get(slot.name) ?? [])),
    );
  }

  /** What a running process adds to an explanation: `explainRunning` and `renderRunning` take it. Also after `close`. */
  report(key: Key): RunningReport;
  report(domain: string, key: string): RunningReport;
  report(...args: KeyArguments): RunningReport {
    const { domain, key } = readArguments(args);
    const slot = this.#core.lookAt(domain, key);
    return runningReport(describeComponent(this.#core, slot), this.#history.of(slot.domain, slot.key));
  }

  /** Calls `listener` after each event, in the order in which things happen; it may call every method. */
  on<E extends LifecycleEvent>(event: E, listener: (event: LifecycleEvents[E]) => void): Disposable {
    return this.#core.feed.on(event, listener);
  }

  /**
   * Stops everything: ends what is being started or swapped, then drains and closes all that runs, dependents before
   * what they depend on. Once; called again it gives the same promise.
   *
   * @throws an `AggregateError` of everything that could not be closed; all of it is stopped all the same
   */
  close(): Promise<void> {
    return (this.#closed ??= lockContext().outside(() => this.#close()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    const core = this.#core;
    core.closing.abort(
      createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_CLOSED', { what: 'An operation', wasUnderWay: true }),
    );
    this.#follower[Symbol.dispose]();
    this.#prober[Symbol.dispose]();
    this.#history[Symbol.dispose]();
    const problems = await closeComponents(core);
    await this.#keeper?.flush();
    if (problems.length === 0) return;
    const count = problems.length === 1 ? '1 component' : `${String(problems.length)} components`;
    throw new AggregateError(problems, `${count} could not be closed properly. See error.errors.`);
  }

  /** Where it is not paused in the end: follows what was decided while it was about to be. */
  async #pausing(slot: Slot, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!slot.isHeld('paused')) this.#follower.follow(slot);
      throw error;
    }
  }

  #plan(domain: unknown, key: unknown, provider: string | undefined): SwapPlan {
    const slot = this.#core.lookAt(domain, key);
    return planFor(this.#core, slot, decidedTarget(this.#core, slot, provider));
  }

  #target<O extends object>(
    method: string,
    args: KeyArguments,
  ): { readonly slot: Slot; readonly options: Partial<O> } {
    this.#core.assertOpen(`lifecycle.${method}()`);
    const { domain, key, options } = readArguments<O>(args);
    return { slot: this.#core.slotOf(domain, key), options };
  }
}

/** A typed key or the two names of one, and then options. */
function readArguments<O extends object>([first, second, third]: KeyArguments): {
  readonly domain: unknown;
  readonly key: unknown;
  readonly options: Partial<O>;
} {
  const isTyped = isKey(first);
  const options = isTyped ? second : third;
  assertMethodOptions(options);
  const [domain, key] = isTyped ? [first.domain, first.key] : [first, second];
  return { domain, key, options: options ?? {} };
}

/** The report of a swap that was only planned. */
function planned(plan: SwapPlan): SwapReport {
  const { domain, key, from, to } = plan;
  const nothing = { phases: [], durationMs: 0, problems: [], isComplete: true } as const;
  return Object.freeze({ domain, key, outcome: 'planned', from, to, plan, ...nothing });
}

/** By what it does, not by its class: it may be of another copy of the package. */
function assertRegistry(registry: unknown): void {
  const found = registry as Partial<CandidateRegistry> | null | undefined;
  if (typeof found?.explain === 'function' && typeof found.on === 'function') return;
  throw createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_OPTION_INVALID', {
    option: 'registry',
    found: describeValue(registry),
    expected: 'a CandidateRegistry',
  });
}
