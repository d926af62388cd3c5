import { join } from 'node:path';

import { createError, type OneiricError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import { isPackageName } from '../security/package-name.js';
import { commitPlugin } from './commit-plugin.js';
import { nextGeneration } from './generations.js';
import { planPlugin } from './plan-plugins.js';
import { tellChanged } from './plugin-channels.js';
import { cleanUp } from './plugin-cleanup.js';
import { assertOutsidePluginCode } from './plugin-code.js';
import { PLUGIN_ERRORS } from './plugin-errors.js';
import { type PluginSettings, readReloadSignal } from './plugin-options.js';
import type { PluginReport } from './plugin-report.js';
import { disownPlugin, ownPlugin } from './plugin-owners.js';
import { pluginSource } from './plugin-source.js';
import { discardPlugins, refuseTakenName } from './stage-plugins.js';
import { stagePlugin } from './stage-plugin.js';
import type { ReadyPlugin, StagedPlugin } from './staged-plugin.js';
import { placeOf, tellState } from './tell-plugin.js';

export interface PluginOperationOptions {
  /** Calls a reload off before its commit. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The plugins of a registry. Its operations run one after the other; those that are called from inside the setup or the
 * cleanup of a plugin are refused with `ONEIRIC_PLUGIN_REENTRANT`, and inside a transaction with
 * `ONEIRIC_PLUGIN_IN_TRANSACTION`.
 */
export interface PluginHost extends AsyncDisposable {
  /** What became of each plugin, in the order of the packages' names. */
  readonly reports: readonly PluginReport[];
  /**
   * Imports a plugin anew, sets it up, and puts its candidates in the place of those it had, in one commit; then the
   * earlier generation is cleaned up, whether or not something that it built still runs. For development: Node never
   * lets go of a module. A generation of two modules keeps 15 KB of heap where they are nearly empty, and 130 KB where
   * they have 13 KB of source in 260 functions (Node 20 and 24), so that a process takes at most 20 generations of one
   * plugin.
   *
   * Where the new generation cannot be loaded, the last good one stays in force: the result says why, and `reports`
   * says what is in force.
   *
   * @throws `ONEIRIC_PLUGIN_UNKNOWN`, `ONEIRIC_PLUGIN_GENERATIONS`, `ONEIRIC_PLUGIN_HOST_CLOSED`,
   *   `ONEIRIC_PLUGIN_OPTION_INVALID`; the signal's reason
   */
  reload(packageName: string, options?: PluginOperationOptions): Promise<PluginReport>;
  /**
   * Takes what a plugin offers out of the registry in one commit, and calls its cleanup, once and for as long as a
   * setup may take; what that fails with is the `error` of the result. What another host of the same registry has put
   * in its place meanwhile stays.
   *
   * @throws `ONEIRIC_PLUGIN_UNKNOWN`, `ONEIRIC_PLUGIN_HOST_CLOSED`
   */
  unload(packageName: string): Promise<PluginReport>;
  /**
   * Unloads all, once: what they offer is taken out the last first, and their cleanups run side by side, as the setups
   * did. Whoever calls it again waits for the same.
   *
   * @throws an `AggregateError` of what the cleanups failed with
   */
  close(): Promise<void>;
}

interface Held {
  readonly report: PluginReport;
  /** The generation in force. */
  readonly ready: ReadyPlugin | undefined;
}

/** A host for plugins that are committed already, `candidates` of each. */
export class RegistryPluginHost implements PluginHost {
  readonly #registry: CandidateRegistry;
  readonly #settings: PluginSettings;
  readonly #held = new Map<string, Held>();
  #queue: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  constructor(
    registry: CandidateRegistry,
    settings: PluginSettings,
    committed: Iterable<readonly [StagedPlugin, candidates: number]>,
  ) {
    this.#registry = registry;
    this.#settings = { ...settings, signal: undefined };
    for (const [staged, candidates] of committed) this.#hold(staged, candidates);
  }

  get reports(): readonly PluginReport[] {
    return Array.from(this.#held.values(), ({ report }) => report);
  }

  async reload(packageName: string, options: PluginOperationOptions = {}): Promise<PluginReport> {
    const signal = readReloadSignal(options);
    return this.#enqueue('reload', async () => {
      const { ready: before } = this.#get(packageName);
      signal?.throwIfAborted();
      const settings = { ...this.#settings, signal };
      const plan = await planPlugin(packageName, settings.projectDir, settings.platform);
      const generation =
        plan.misfit === null ? nextGeneration(packageName, join(String(plan.folder), String(plan.entry))) : 0;
      const attempt = await stagePlugin(plan, generation, settings);
      const staged = await refuseTakenName(attempt, this.#namesBeside(packageName), settings);
      if (staged.state !== 'loaded' && before !== undefined) return this.#tell(reportOf(staged, 0));
      const report = await this.#commit(staged, signal);
      const error = await this.#cleanUp(before);
      return error === undefined ? report : Object.freeze({ ...report, error });
    });
  }

  unload(packageName: string): Promise<PluginReport> {
    return this.#enqueue('unload', () => {
      this.#get(packageName);
      return this.#unload(packageName);
    });
  }

  async close(): Promise<void> {
    assertMayRun('close', this.#registry);
    return (this.#closed ??= this.#queued(() => this.#close()));
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** Runs one operation after all that were asked for before. */
  async #enqueue<T>(operation: string, work: () => Promise<T>): Promise<T> {
    assertMayRun(operation, this.#registry);
    if (this.#closed !== undefined)
      throw createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_HOST_CLOSED', { operation });
    return this.#queued(work);
  }

  #queued<T>(work: () => Promise<T>): Promise<T> {
    const running = this.#queue.then(work);
    this.#queue = running.catch(() => undefined);
    return running;
  }

  async #close(): Promise<void> {
    const names = this.reports.filter(({ state }) => state !== 'unloaded').map((report) => report.package);
    const outcomes = await Promise.allSettled(names.toReversed().map((name) => this.#unload(name)));
    const errors = outcomes.flatMap((outcome) =>
      outcome.status === 'rejected' ? [outcome.reason as unknown] : (outcome.value.error ?? []),
    );
    if (errors.length > 0)
      throw new AggregateError(errors, 'Plugins were unloaded, and not all of them cleaned up.');
  }

  #get(packageName: string): Held {
    const held = this.#held.get(packageName);
    if (held !== undefined) return held;
    const name = isPackageName(packageName) ? packageName : describeValue(packageName);
    const nearest = nearestName(name, [...this.#held.keys()]);
    throw createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_UNKNOWN', { package: name, nearest });
  }

  async #commit(staged: StagedPlugin, signal: AbortSignal | undefined): Promise<PluginReport> {
    try {
      signal?.throwIfAborted();
      const candidates = await commitPlugin(this.#registry, staged, signal === undefined ? {} : { signal });
      return this.#hold(staged, candidates);
    } catch (error) {
      await discardPlugins([staged], this.#settings);
      throw error;
    }
  }

  #hold(staged: StagedPlugin, candidates: number): PluginReport {
    const report = reportOf(staged, candidates);
    this.#held.set(report.package, { report, ready: staged.state === 'loaded' ? staged : undefined });
    ownPlugin(this.#registry, report.package, this);
    return this.#tell(report);
  }

  async #unload(packageName: string): Promise<PluginReport> {
    const { report, ready } = this.#get(packageName);
    if (report.state === 'unloaded') return report;
    if (disownPlugin(this.#registry, packageName, this))
      await this.#registry.replaceSource(pluginSource(report), []);
    const gone = { ...report, state: 'unloaded', reason: null, detail: null, candidates: 0 } as const;
    this.#held.set(packageName, { report: { ...gone, error: null }, ready: undefined });
    const error = (await this.#cleanUp(ready)) ?? null;
    const unloaded = Object.freeze({ ...gone, error });
    this.#held.set(packageName, { report: unloaded, ready: undefined });
    return this.#tell(unloaded);
  }

  #tell(report: PluginReport): PluginReport {
    tellChanged(this.#registry, report);
    return report;
  }

  async #cleanUp(plugin: ReadyPlugin | undefined): Promise<OneiricError | undefined> {
    plugin?.end();
    return plugin && cleanUp(plugin.plan.package, plugin.cleanup, this.#settings);
  }

  /** The names of all plugins in force but one. */
  #namesBeside(packageName: string): Map<string, string> {
    const others = [...this.#held.values()].flatMap(({ ready }) => ready ?? []);
    return new Map(
      others.filter(({ plan }) => plan.package !== packageName).map(({ name, plan }) => [name, plan.package]),
    );
  }
}

/** @throws `ONEIRIC_PLUGIN_REENTRANT`, `ONEIRIC_PLUGIN_IN_TRANSACTION` */
export function assertMayRun(operation: string, registry: CandidateRegistry): void {
  assertOutsidePluginCode(operation);
  if (registry.isInTransaction)
    throw createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_IN_TRANSACTION', { operation });
}

function reportOf(staged: StagedPlugin, candidates: number): PluginReport {
  const { plan, state, generation, durationMs } = staged;
  const isFailed = state === 'failed';
  return Object.freeze({
    package: plan.package,
    version: plan.version,
    entry: plan.entry,
    name: state === 'skipped' ? null : staged.name,
    state,
    reason: isFailed ? staged.reason : (plan.misfit?.reason ?? null),
    detail: tellState(staged),
    at: isFailed ? placeOf(staged.error) : null,
    error: isFailed ? staged.error : null,
    candidates,
    generation,
    durationMs,
  });
}
