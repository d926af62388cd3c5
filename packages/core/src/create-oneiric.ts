import type { LoadConfigOptions } from './config/load-config.js';
import type { LoadedConfig } from './config/loaded-config.js';
import type { OneiricConfig } from './config/oneiric-config.js';
import { type ConfigWatch, type WatchConfigOptions, watchWith } from './config/watch-config.js';
import type { Explanation } from './decision/explanation.js';
import { createError } from './errors/oneiric-error.js';
import { describeValue } from './foundation/describe-value.js';
import type { Key } from './foundation/key.js';
import type { LiveHandle } from './foundation/live-handle.js';
import { nearestName } from './foundation/nearest-name.js';
import { LIFECYCLE_ERRORS } from './lifecycle/lifecycle-errors.js';
import { LifecycleManager } from './lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from './lifecycle/lifecycle-options.js';
import { loadProject, ProjectPlugins } from './load-project.js';
import { loadReferences } from './load-references.js';
import type { PluginHost } from './plugins/plugin-host.js';
import type { CandidateRegistry } from './registry/candidate-registry.js';
import type { ExplainRequest } from './registry/registry-reads.js';

export interface CreateOneiricOptions extends Pick<LoadConfigOptions, 'env' | 'environment'> {
  /** The folder that the configuration is looked for in, upwards. Default: the working folder. */
  readonly projectDir?: string;
  /** The configuration itself, or the path of its file. Default: the nearest `oneiric.config.*`. */
  readonly config?: OneiricConfig | string;
  /** Follow the configuration file: a changed selection swaps what runs. Not for a configuration given itself. Default: false. */
  readonly watch?: boolean;
  /** Called with what is wrong with a changed configuration; the last good one stays in force. */
  readonly onConfigProblem?: (error: unknown) => void;
  /** How components are run; their settings come from the configuration. */
  readonly lifecycle?: Omit<LifecycleOptions, 'settings'>;
  /** Ends the loading, and the watch. What runs is ended by `close` alone. */
  readonly signal?: AbortSignal;
}

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
  assertOptions(options);
  const { lifecycle: lifecycleOptions, watch = false, onConfigProblem, signal } = options;
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
    return new RunningOneiric(base, lifecycle);
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

/** What each option may be; what `config` and `environment` hold is looked at when the configuration is loaded. */
const EXPECTED: Readonly<
  Record<keyof CreateOneiricOptions, readonly [expected: string, is: (value: unknown) => boolean]>
> = {
  projectDir: ['the path of a folder', (value) => typeof value === 'string'],
  config: ['a configuration, or the path of its file', () => true],
  env: ['the variables', (value) => typeof value === 'object' && value !== null],
  environment: ['the name of an environment', () => true],
  watch: ['true or false', (value) => typeof value === 'boolean'],
  onConfigProblem: ['a function', (value) => typeof value === 'function'],
  lifecycle: [
    'options without settings, which come from the configuration',
    (value) => typeof value === 'object' && value !== null && !('settings' in value),
  ],
  signal: ['an AbortSignal', (value) => value instanceof AbortSignal],
};

function assertOptions(options: unknown): void {
  const invalid = (option: string, value: unknown, expected: string, nearest?: string): Error =>
    createError(LIFECYCLE_ERRORS, 'ONEIRIC_LIFECYCLE_OPTION_INVALID', {
      option,
      found: describeValue(value),
      expected,
      ...(nearest === undefined ? {} : { nearest }),
    });
  if (typeof options !== 'object' || options === null) throw invalid('options', options, 'an object');
  const names = Object.keys(EXPECTED);
  for (const [name, value] of Object.entries(options)) {
    if (!names.includes(name)) {
      throw invalid('options', options, `nothing but ${names.join(', ')}`, nearestName(name, names));
    }
    const [expected, is] = EXPECTED[name as keyof CreateOneiricOptions];
    if (value !== undefined && !is(value)) throw invalid(name, value, expected);
  }
}

function loadOptionsOf({
  projectDir,
  config,
  signal,
  env,
  environment,
}: CreateOneiricOptions): LoadConfigOptions {
  return {
    ...(projectDir === undefined ? {} : { cwd: projectDir }),
    ...(typeof config === 'string' ? { file: config } : config === undefined ? {} : { config }),
    ...(signal === undefined ? {} : { signal }),
    ...(env === undefined ? {} : { env }),
    ...(environment === undefined ? {} : { environment }),
  };
}

class RunningOneiric implements Oneiric {
  readonly registry: CandidateRegistry;
  readonly lifecycle: LifecycleManager;
  readonly plugins: PluginHost;
  readonly #base: Base;
  #closed: Promise<void> | undefined;

  constructor(base: Base, lifecycle: LifecycleManager) {
    this.registry = base.registry;
    this.plugins = base.plugins;
    this.lifecycle = lifecycle;
    this.#base = base;
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
        await this.plugins.close();
      }
    }
  }
}
