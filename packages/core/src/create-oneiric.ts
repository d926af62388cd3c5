import { buildRegistry } from './config/build-registry.js';
import { loadConfig, type LoadConfigOptions } from './config/load-config.js';
import type { LoadedConfig } from './config/loaded-config.js';
import type { OneiricConfig } from './config/oneiric-config.js';
import { type ConfigWatch, watchConfig } from './config/watch-config.js';
import type { Explanation } from './decision/explanation.js';
import { createError } from './errors/oneiric-error.js';
import { describeValue } from './foundation/describe-value.js';
import type { Key } from './foundation/key.js';
import type { LiveHandle } from './foundation/live-handle.js';
import { nearestName } from './foundation/nearest-name.js';
import { LIFECYCLE_ERRORS } from './lifecycle/lifecycle-errors.js';
import { LifecycleManager } from './lifecycle/lifecycle-manager.js';
import type { LifecycleOptions } from './lifecycle/lifecycle-options.js';
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
  /** The configuration in force. */
  readonly loaded: LoadedConfig;
  /** As `lifecycle.live`. */
  live<T>(key: Key<T>): LiveHandle<T>;
  live(domain: string, key: string): LiveHandle<unknown>;
  /** As `registry.explain`. */
  explain(key: Key, request?: ExplainRequest): Explanation;
  explain(domain: string, key: string, request?: ExplainRequest): Explanation;
  /** Ends the watch, then closes the lifecycle. Called again it gives the same promise. */
  close(): Promise<void>;
}

/**
 * Loads a project's configuration, publishes all that it says in one commit, and runs what is decided as soon as it is
 * asked for. Nothing is started by this call.
 *
 * Where loading fails, or `signal` is aborted before it has ended, nothing is left behind.
 *
 * @throws what `loadConfig` and `registerAll` throw, `ONEIRIC_LIFECYCLE_OPTION_INVALID`, the signal's reason
 */
export async function createOneiric(options: CreateOneiricOptions = {}): Promise<Oneiric> {
  assertOptions(options);
  const { lifecycle: lifecycleOptions, watch = false, onConfigProblem, signal } = options;
  const load = loadOptionsOf(options);
  const watched =
    watch && load.config === undefined
      ? await watchConfig({
          ...load,
          ...(onConfigProblem === undefined ? {} : { onProblem: onConfigProblem }),
        })
      : undefined;
  try {
    const loaded = watched?.loaded ?? (await loadConfig(load));
    const current = (): LoadedConfig => watched?.loaded ?? loaded;
    const registry = watched?.registry ?? (await buildRegistry(loaded));
    signal?.throwIfAborted();
    const lifecycle = new LifecycleManager(registry, {
      ...lifecycleOptions,
      settings: (candidate, { signal: ends }) => current().settings.of(candidate, { signal: ends }),
    });
    return new RunningOneiric(registry, lifecycle, current, watched);
  } catch (error) {
    await watched?.close();
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
  readonly #loaded: () => LoadedConfig;
  readonly #watched: ConfigWatch | undefined;
  #closed: Promise<void> | undefined;

  constructor(
    registry: CandidateRegistry,
    lifecycle: LifecycleManager,
    loaded: () => LoadedConfig,
    watched: ConfigWatch | undefined,
  ) {
    this.registry = registry;
    this.lifecycle = lifecycle;
    this.#loaded = loaded;
    this.#watched = watched;
  }

  get loaded(): LoadedConfig {
    return this.#loaded();
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
      await this.#watched?.close();
    } finally {
      await this.lifecycle.close();
    }
  }
}
