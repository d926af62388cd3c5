import { startRegistry } from './config/build-registry.js';
import {
  type LoadConfigOptions,
  type PluginOffers,
  readLayers,
  type WantedPlugins,
} from './config/load-config.js';
import type { LoadedConfig } from './config/loaded-config.js';
import { preparePlugins, type PreparedPlugins } from './plugins/load-plugins.js';
import type { RunPlugin } from './plugins/plugin-code.js';
import type { PluginHost } from './plugins/plugin-host.js';
import type { LoadPluginsOptions } from './plugins/plugin-options.js';
import type { CandidateRegistry } from './registry/candidate-registry.js';

export interface LoadProjectOptions extends LoadConfigOptions {
  /** Called with the packages whose plugins are being imported or set up, whenever that changes; at last with none. */
  readonly onPluginsPending?: (packages: readonly string[]) => void;
  /** As of `loadPlugins`. */
  readonly runPlugin?: RunPlugin;
}

/** A project with all that it offers; nothing of it is running. */
export interface Project extends AsyncDisposable {
  readonly loaded: LoadedConfig;
  readonly registry: CandidateRegistry;
  readonly plugins: PluginHost;
}

/**
 * Loads a project's configuration and its plugins, and publishes everything in one commit: what plugins offer, in the
 * order of their packages' names, and then the configuration's own candidates, so that these win a tie. Settings are
 * checked against the candidates of both.
 *
 * A plugin that cannot be loaded harms nobody: `plugins.reports` says what became of each. Dispose of the project, or
 * close `plugins`, and they are unloaded.
 *
 * @throws what `loadConfig`, `registerAll` and `loadPlugins` throw; then nothing is left behind
 */
export async function loadProject(options: LoadProjectOptions = {}): Promise<Project> {
  const plugins = new ProjectPlugins(options);
  try {
    const loaded = await readLayers(options, { offerOfPlugins: plugins.offer });
    const { registry } = await startRegistry(loaded, {}, plugins.commit);
    const host = plugins.hostFor(registry);
    return { loaded, registry, plugins: host, [Symbol.asyncDispose]: () => host.close() };
  } catch (error) {
    await plugins.discard();
    throw error;
  }
}

/** The plugins that a configuration wants, on their way into a registry. */
export class ProjectPlugins {
  readonly #options: Pick<LoadPluginsOptions, 'signal' | 'clock' | 'onPending' | 'runPlugin'>;
  #prepared: PreparedPlugins | undefined;

  constructor({
    signal,
    clock,
    onPluginsPending: onPending,
    runPlugin,
  }: Pick<LoadProjectOptions, 'signal' | 'clock' | 'onPluginsPending' | 'runPlugin'>) {
    this.#options = {
      ...(signal === undefined ? {} : { signal }),
      ...(clock === undefined ? {} : { clock }),
      ...(onPending === undefined ? {} : { onPending }),
      ...(runPlugin === undefined ? {} : { runPlugin }),
    };
  }

  /** Imports and sets up what the configuration wants; asked again, it tells the same. */
  readonly offer = async ({ config, projectDir }: WantedPlugins): Promise<PluginOffers> => {
    const { plugins, allowedPackages, pluginTimeoutMs: timeoutMs } = config;
    this.#prepared ??= await preparePlugins({
      ...this.#options,
      projectDir,
      plugins,
      allowedPackages,
      timeoutMs,
    });
    const isComplete = this.#prepared.plugins.every(({ state }) => state === 'loaded');
    return { candidates: this.#prepared.candidates, isComplete };
  };

  readonly commit = async (tx: CandidateRegistry): Promise<void> => {
    await this.#prepared?.commitAll(tx);
  };

  /** What reloads and unloads them from now on. */
  hostFor(registry: CandidateRegistry): PluginHost {
    if (this.#prepared === undefined) throw new Error('plugins are offered before anything is committed');
    return this.#prepared.hostFor(registry);
  }

  /** Cleans up, where nothing of them was committed. */
  async discard(): Promise<void> {
    await this.#prepared?.discard();
  }
}
