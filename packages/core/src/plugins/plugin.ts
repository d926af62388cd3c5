import type { CandidateInput } from '../decision/candidate.js';

/** What undoes a `setup`: called once when the plugin is unloaded, after its candidates have left the registry. */
export type PluginCleanup = (() => void | Promise<void>) | Disposable | AsyncDisposable;

/** What `setup` gets. */
export interface PluginContext {
  /** The name of the plugin. */
  readonly name: string;
  /** Aborted when the plugin is to end: its time is up, the load was called off, or it is unloaded. */
  readonly signal: AbortSignal;
  /** The folder of the project's configuration. */
  readonly projectDir: string;
  /**
   * Offers a candidate. It is held back until `setup` has settled and is then committed with all others of the plugin,
   * or, where `setup` fails, with none. It may be taken out of the context.
   *
   * @throws `ONEIRIC_REGISTRY_CANDIDATE_INVALID`, which fails the plugin even where it is caught;
   *   `ONEIRIC_PLUGIN_REGISTER_LATE` after `setup` has settled
   */
  readonly register: (candidate: CandidateInput) => void;
}

/** What a plugin module exports as its default. */
export interface Plugin {
  /** Tells it from the other plugins of a project: a name, or that of a package with a scope. */
  readonly name: string;
  /** What it offers whatever happens. */
  readonly candidates?: readonly CandidateInput[];
  /**
   * Prepares what the candidates need, and offers those that depend on something. It runs outside every lock, beside
   * the setups of other plugins, once for each load; it does not build what the candidates build.
   */
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a setup without "return" is one, also where it is async
  readonly setup?: (context: PluginContext) => void | PluginCleanup | Promise<void | PluginCleanup>;
}
