import type { LoadedConfig } from './config/loaded-config.js';
import { type ConfigWatch, type WatchConfigOptions, watchWith } from './config/watch-config.js';
import { assertCreateOptions, type CreateOneiricOptions, loadOptionsOf } from './create-oneiric-options.js';
import type { Explanation } from './decision/explanation.js';
import type { Key } from './foundation/key.js';
import type { LiveHandle } from './foundation/live-handle.js';
import { LifecycleManager } from './lifecycle/lifecycle-manager.js';
import { loadProject, ProjectPlugins } from './load-project.js';
import { loadReferences } from './load-references.js';
import type { PluginHost } from './plugins/plugin-host.js';
import type { CandidateRegistry } from './registry/candidate-registry.js';
import type { ExplainRequest } from './registry/registry-reads.js';
import { logPlugins, logTo } from './telemetry/log-to.js';
import { usePresentSdk } from './telemetry/use-present-sdk.js';

/** A registry with its configuration, and the lifecycle of what it decides. */
export interface Oneiric extends AsyncDisposable {
  readonly registry: CandidateRegistry;
  readonly lifecycle: LifecycleManager;
  /** The plugins that the configuration wants: what became of each, and how to reload and unload one. */
  readonly plugins: PluginHost;
  /** The configuration in force. */
  readonly loaded: LoadedConfig;
  /** As `lifecycle.live`. */
  live<T>(key: Key<T>): LiveHandle<T>;
  live(domain: string, key: string): LiveHandle<unknown>;
  /** As `registry.explain`. */
  explain(key: Key, request?: ExplainRequest): Explanation;
  explain(domain: string, key: string, request?: ExplainRequest): Explanation;
  /**
   * Ends the watch, closes the lifecycle, and then unloads the plugins. Called again it gives the same promise.
   *
   * @throws what the first of these fails with that fails; the others are done all the same
   */
  close(): Promise<void>;
}

/**
 * Loads a project's configuration and its plugins, publishes all that they say in one commit, and runs what is decided
 * as soon as it is asked for. Nothing is started by this call. Factories that are only referred to are loaded when they
 * are first needed, from the project and the packages that the configuration allows.
 *
 * A plugin that cannot be loaded harms nobody: see `plugins.reports`. With `watch`, plugins stay as they are.
 *
 * Where loading fails, or `signal` is aborted before it has ended, nothing is left behind.
 *
 * @throws what `loadProject` throws, `ONEIRIC_LIFECYCLE_OPTION_INVALID`, the signal's reason
 */
export async function createOneiric(options: CreateOneiricOptions = {}): Promise<Oneiric> {
  assertCreateOptions(options);
  const spans = options.telemetry === false ? undefined : await usePresentSdk();
  try {
    return await runProject(options, spans);
  } catch (error) {
    spans?.[Symbol.dispose]();
    throw error;
  }
}

async function runProject(options: CreateOneiricOptions, spans: Disposable | undefined): Promise<Oneiric> {
  const { lifecycle: lifecycleOptions, watch = false, onConfigProblem, logger, signal } = options;
  const load = loadOptionsOf(options);
  const base: Base =
    watch && load.config === undefined
      ? await watchProject({
          ...load,
          ...(onConfigProblem === undefined ? {} : { onProblem: onConfigProblem }),
        })
      : await loadProject(load);
  try {
    signal?.throwIfAborted();
    const { registry } = base;
    const lifecycle = new LifecycleManager(registry, {
      loadFactory: loadReferences(() => base.loaded),
      ...lifecycleOptions,
      settings: (candidate, { signal: ends }) => base.loaded.settings.of(candidate, { signal: ends }),
    });
    const log = logger === undefined ? undefined : logTo(logger, { registry, lifecycle });
    if (logger !== undefined) logPlugins(logger, registry, base.plugins.reports);
    return new RunningOneiric(base, lifecycle, [log, spans]);
  } catch (error) {
    await base.watch?.close();
    await base.plugins.close().catch(() => undefined);
    throw error;
  }
}

/** A project, and what follows its configuration. */
interface Base {
  readonly registry: CandidateRegistry;
  readonly plugins: PluginHost;
  readonly loaded: LoadedConfig;
  readonly watch?: ConfigWatch;
}

async function watchProject(options: WatchConfigOptions): Promise<Base> {
  const plugins = new ProjectPlugins(options);
  try {
    const watch = await watchWith(options, plugins);
    const { registry } = watch;
    return {
      registry,
      plugins: plugins.hostFor(registry),
      get loaded() {
        return watch.loaded;
      },
      watch,
    };
  } catch (error) {
    await plugins.discard();
    throw error;
  }
}

class RunningOneiric implements Oneiric {
  readonly registry: CandidateRegistry;
  readonly lifecycle: LifecycleManager;
  readonly plugins: PluginHost;
  readonly #base: Base;
  /** Whoever is told what happens, the closing included. */
  readonly #observers: readonly (Disposable | undefined)[];
  #closed: Promise<void> | undefined;

  constructor(base: Base, lifecycle: LifecycleManager, observers: readonly (Disposable | undefined)[]) {
    this.registry = base.registry;
    this.plugins = base.plugins;
    this.lifecycle = lifecycle;
    this.#base = base;
    this.#observers = observers;
  }

  get loaded(): LoadedConfig {
    return this.#base.loaded;
  }

  live<T>(key: Key<T>): LiveHandle<T>;
  live(domain: string, key: string): LiveHandle<unknown>;
  live(first: Key | string, key?: string): LiveHandle<unknown> {
    return typeof first === 'string' ? this.lifecycle.live(first, key as string) : this.lifecycle.live(first);
  }

  explain(key: Key, request?: ExplainRequest): Explanation;
  explain(domain: string, key: string, request?: ExplainRequest): Explanation;
  explain(first: Key | string, second?: unknown, third?: ExplainRequest): Explanation {
    return typeof first === 'string'
      ? this.registry.explain(first, second as string, third)
      : this.registry.explain(first, second as ExplainRequest | undefined);
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    try {
      await this.#base.watch?.close();
    } finally {
      try {
        await this.lifecycle.close();
      } finally {
        try {
          await this.plugins.close();
        } finally {
          for (const observer of this.#observers) observer?.[Symbol.dispose]();
        }
      }
    }
  }
}
