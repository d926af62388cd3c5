import type { CandidateInput } from '../decision/candidate.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import { commitPlugin, offerOf } from './commit-plugin.js';
import { planPlugins } from './plan-plugins.js';
import { assertOutsidePluginCode } from './plugin-code.js';
import { assertMayRun, type PluginHost, RegistryPluginHost } from './plugin-host.js';
import {
  assertRegistry,
  type LoadPluginsOptions,
  type PluginSettings,
  readPluginOptions,
} from './plugin-options.js';
import { pluginSource } from './plugin-source.js';
import { discardPlugins, stagePlugins } from './stage-plugins.js';
import type { StagedPlugin } from './staged-plugin.js';

/**
 * Loads the plugins of a project into a registry. Their modules are imported and their setups run side by side, outside
 * every lock, each with a time of its own; then each plugin is committed by itself, in the order of the packages' names
 * whichever finished first.
 *
 * A plugin that throws, hangs or is malformed harms nobody: the host reports it, and nothing of it stays but what it
 * said that it offers, marked `LOAD_FAILED`. One whose package.json says that it does not fit this machine or this
 * version is not imported. What comes of a plugin after its time is cleaned up and never an unhandled rejection.
 *
 * Not promised: that a synchronous endless loop in a plugin is interrupted, that the time in which one blocks the thread
 * is not time of the others, or that what a module did when it was imported is undone.
 *
 * @throws `ONEIRIC_PLUGIN_OPTION_INVALID`, `ONEIRIC_PLUGIN_REENTRANT`, `ONEIRIC_PLUGIN_IN_TRANSACTION`, what a wait for
 *   the lock can end with, and the signal's reason; then nothing is left behind
 */
export async function loadPlugins(
  registry: CandidateRegistry,
  options: LoadPluginsOptions,
): Promise<PluginHost> {
  assertRegistry(registry);
  assertMayRun('loadPlugins', registry);
  return (await preparePlugins(options)).commitEach(registry);
}

/** Plugins that are imported and set up, and not yet committed: see `loadPlugins`, which is made of this. */
export async function preparePlugins(options: LoadPluginsOptions): Promise<PreparedPlugins> {
  assertOutsidePluginCode('loadPlugins');
  const settings = readPluginOptions(options);
  settings.signal?.throwIfAborted();
  const plans = await planPlugins(settings.projectDir, settings.plugins, settings.platform);
  return new PreparedPlugins(await stagePlugins(plans, settings), settings);
}

export class PreparedPlugins {
  readonly plugins: readonly StagedPlugin[];
  readonly #settings: PluginSettings;
  readonly #committed = new Map<StagedPlugin, number>();

  constructor(plugins: readonly StagedPlugin[], settings: PluginSettings) {
    this.plugins = plugins;
    this.#settings = settings;
  }

  /** Everything that the registry will get of them. */
  get candidates(): readonly CandidateInput[] {
    return this.plugins.flatMap((staged) => offerOf(staged).inputs);
  }

  /** Commits all of them in the order of their names: each by itself, or in a transaction that is open. */
  async commitAll(registry: CandidateRegistry): Promise<void> {
    for (const staged of this.plugins) await this.#commit(registry, staged);
  }

  /** Commits each by itself; where one cannot be, those before it are taken back, and all are cleaned up. */
  async commitEach(registry: CandidateRegistry): Promise<PluginHost> {
    try {
      await this.commitAll(registry);
      return this.hostFor(registry);
    } catch (error) {
      try {
        for (const { plan } of this.#committed.keys()) await registry.replaceSource(pluginSource(plan), []);
      } finally {
        await this.discard();
      }
      throw error;
    }
  }

  async #commit(registry: CandidateRegistry, staged: StagedPlugin): Promise<void> {
    const { signal } = this.#settings;
    signal?.throwIfAborted();
    this.#committed.set(staged, await commitPlugin(registry, staged, signal === undefined ? {} : { signal }));
  }

  /** What reloads and unloads them, once they are committed. */
  hostFor(registry: CandidateRegistry): PluginHost {
    return new RegistryPluginHost(registry, this.#settings, this.#committed);
  }

  /** Cleans up; for plugins that will not be committed after all, or whose commit was undone. */
  discard(): Promise<void> {
    return discardPlugins(this.plugins, this.#settings);
  }
}
