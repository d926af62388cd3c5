import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, dirname, extname } from 'node:path';

import { systemClock } from '../foundation/clock.js';
import { callListener } from '../observability/listener-failure.js';
import { outsideSpans } from '../observability/span-port.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import type { RegistryOptions } from '../registry/registry-options.js';
import { importedFiles } from '../security/imported-files.js';
import { type AppliedConfig, applyConfig } from './apply-config.js';
import { startRegistry } from './build-registry.js';
import { configApplied, configProblem } from './config-channels.js';
import { type ChosenConfig, chooseConfig } from './choose-config.js';
import { type LoadConfigOptions, type PluginOffers, readLayers, type WantedPlugins } from './load-config.js';
import type { LoadedConfig } from './loaded-config.js';

export interface WatchConfigOptions extends LoadConfigOptions, Pick<RegistryOptions, 'lock' | 'platform'> {
  /** Milliseconds without a further change before the file is read again. Default: 100. */
  readonly debounceMs?: number;
  /** Called after a changed configuration has come into force. What it throws harms nobody. */
  readonly onApplied?: (loaded: LoadedConfig) => void;
  /** Called with what is wrong with a changed configuration; the last good one stays in force. */
  readonly onProblem?: (error: unknown) => void;
  /** Ends the watch as closing it does. */
  readonly signal?: AbortSignal;
}

/** A registry that follows its configuration file. */
export interface ConfigWatch extends AsyncDisposable {
  readonly registry: CandidateRegistry;
  /** What is in force. */
  readonly loaded: LoadedConfig;
  /** Ends the watch, and waits for a change that is being applied. The registry stays as it is. */
  close(): Promise<void>;
}

const DEFAULT_DEBOUNCE_MS = 100;

/**
 * Loads a configuration, builds a registry with it, and has the registry follow the file: what was changed comes into
 * force in one commit, selections, stack order, default priority and candidates together. A file that is replaced by
 * renaming another is followed, too. A configuration that cannot be loaded changes nothing: the last good one stays.
 * A file that was written without being changed is not loaded.
 *
 * Watched are the file and, for TypeScript, what it imports by relative paths, whether it is there yet or not. Not
 * watched: variables, files that secrets are in, packages, paths that are computed, a file of another name, and the
 * target of a symbolic link, which a mounted ConfigMap swaps. Of a configuration in JavaScript only the file itself is
 * loaded anew, and Node keeps every version of it in memory: this is for development. Where files are on a network,
 * the system may not tell of changes.
 *
 * Where there is no file, and plugins alone make the project, there is nothing to follow: a file that is written later
 * counts from the next start. The watch does not keep the process alive.
 *
 * @throws what `loadConfig` throws, for the first load
 */
export function watchConfig(options: WatchConfigOptions = {}): Promise<ConfigWatch> {
  return watchWith(options, undefined);
}

/** What else a registry gets that follows a configuration: see `readLayers` and `startRegistry`. */
export interface WatchedPlugins {
  readonly offer: (wanted: WantedPlugins) => Promise<PluginOffers>;
  readonly commit: (tx: CandidateRegistry) => Promise<void>;
}

/** As `watchConfig`, with plugins, which stay as they are whatever the file says later. */
export async function watchWith(
  options: WatchConfigOptions,
  plugins: WatchedPlugins | undefined,
): Promise<ConfigWatch> {
  const chosen = await chooseConfig(options);
  const texts = await readTexts(chosen.file);
  const loaded = await readLayers(options, { chosen, isAnew: true, offerOfPlugins: plugins?.offer });
  const { registry, applied } = await startRegistry(loaded, pickRegistryOptions(options), plugins?.commit);
  return new Watch(options, chosen, registry, applied, texts, plugins);
}

function pickRegistryOptions({
  lock,
  platform,
}: WatchConfigOptions): Pick<RegistryOptions, 'lock' | 'platform'> {
  return { ...(lock === undefined ? {} : { lock }), ...(platform === undefined ? {} : { platform }) };
}

/** What the watched files hold, by path; undefined where a file is not there, and would count if it were. */
type Texts = ReadonlyMap<string, string | undefined>;

async function readTexts(file: string): Promise<Texts> {
  const texts = new Map<string, string | undefined>();
  const isTypeScript = ['.ts', '.mts'].includes(extname(file));
  for await (const found of importedFiles(file)) {
    texts.set(found.file, found.source);
    if (!isTypeScript) break;
  }
  return texts;
}

/** A folder that is watched, and what tells it from one that took its name. */
interface WatchedFolder {
  readonly watcher: FSWatcher;
  readonly id: number;
}

class Watch implements ConfigWatch {
  readonly registry: CandidateRegistry;
  readonly #options: WatchConfigOptions;
  readonly #chosen: ChosenConfig;
  readonly #watched = new Map<string, WatchedFolder>();
  readonly #closing = new AbortController();
  readonly #plugins: WatchedPlugins | undefined;
  #applied: AppliedConfig;
  #texts: Texts;
  /** The names that count, by folder. */
  #followed: ReadonlyMap<string, ReadonlySet<string>> = new Map();
  #timer: Disposable | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(
    options: WatchConfigOptions,
    chosen: ChosenConfig,
    registry: CandidateRegistry,
    applied: AppliedConfig,
    texts: Texts,
    plugins: WatchedPlugins | undefined,
  ) {
    this.registry = registry;
    this.#options = options;
    this.#chosen = chosen;
    this.#applied = applied;
    this.#texts = texts;
    this.#plugins = plugins;
    options.signal?.addEventListener('abort', this.#end, { once: true });
    if (options.signal?.aborted === true) this.#end();
    this.#follow();
  }

  get loaded(): LoadedConfig {
    return this.#applied.loaded;
  }

  async close(): Promise<void> {
    this.#end();
    await this.#reading;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  readonly #end = (): void => {
    this.#closing.abort();
    this.#timer?.[Symbol.dispose]();
    for (const { watcher } of this.#watched.values()) watcher.close();
    this.#watched.clear();
    this.#options.signal?.removeEventListener('abort', this.#end);
  };

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  /** Watches the folders, not the files: a file that is replaced is another file. */
  #follow(): void {
    if (this.#isClosed) return;
    this.#followed = namesByFolder(this.#texts.keys());
    for (const [folder, { watcher, id }] of this.#watched) {
      if (this.#followed.has(folder) && idOf(folder) === id) continue;
      watcher.close();
      this.#watched.delete(folder);
    }
    for (const folder of this.#followed.keys()) if (!this.#watched.has(folder)) this.#watchFolder(folder);
  }

  #watchFolder(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name === null || this.#followed.get(folder)?.has(name) === true) this.#schedule();
      });
      watcher.on('error', (error) => {
        this.#tell(error);
      });
      this.#watched.set(folder, { watcher, id: idOf(folder) ?? 0 });
      // Something in it may have changed between the reading and now.
      this.#schedule();
    } catch (error) {
      this.#tell(error);
    }
  }

  #schedule(): void {
    if (this.#isClosed) return;
    const { clock = systemClock, debounceMs = DEFAULT_DEBOUNCE_MS } = this.#options;
    this.#timer?.[Symbol.dispose]();
    this.#timer = clock.after(debounceMs, () => {
      // What follows belongs to no request that was under way when the watch began.
      this.#reading = this.#reading.then(() => outsideSpans(() => this.#readAgain()));
    });
  }

  async #readAgain(): Promise<void> {
    if (this.#isClosed) return;
    try {
      const before = this.#texts;
      this.#texts = await readTexts(this.#chosen.file);
      this.#follow();
      if (isSame(before, this.#texts)) return;
      const { signal } = this.#closing;
      const loaded = await readLayers(
        { ...this.#options, signal },
        { chosen: this.#chosen, isAnew: true, offerOfPlugins: this.#plugins?.offer },
      );
      this.#applied = await applyConfig(this.registry, this.#applied, loaded);
      const { registry } = this;
      const { environment = null } = loaded;
      configApplied.publish({
        registry,
        file: basename(this.#chosen.file),
        revision: registry.revision,
        environment,
      });
      if (this.#options.onApplied !== undefined)
        callListener('config:applied', this.#options.onApplied, loaded);
    } catch (error) {
      if (!this.#closing.signal.aborted) this.#tell(error);
    }
  }

  #tell(error: unknown): void {
    configProblem.publish({ registry: this.registry, file: basename(this.#chosen.file), error });
    if (this.#options.onProblem !== undefined) callListener('config:problem', this.#options.onProblem, error);
  }
}

function isSame(a: Texts, b: Texts): boolean {
  return a.size === b.size && [...a].every(([file, text]) => b.get(file) === text);
}

/** What to look for in which folder: a file, or where its folder is not there, what has to come first. */
function namesByFolder(files: Iterable<string>): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const file of files) {
    let at = file;
    while (idOf(dirname(at)) === undefined && dirname(at) !== at) at = dirname(at);
    const known = names.get(dirname(at));
    if (known === undefined) names.set(dirname(at), new Set([basename(at)]));
    else known.add(basename(at));
  }
  return names;
}

/** Tells a folder from another one that took its name; undefined where there is none. */
function idOf(folder: string): number | undefined {
  try {
    const status = statSync(folder);
    return status.isDirectory() ? status.ino : undefined;
  } catch {
    return undefined;
  }
}
