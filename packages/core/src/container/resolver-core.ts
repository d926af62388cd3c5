import type { Candidate } from '../decision/candidate.js';
import { describeValue } from '../foundation/describe-value.js';
import type { Key } from '../foundation/key.js';
import { type LifecycleCore, lifecycleCoreOf } from '../lifecycle/lifecycle-core.js';
import type { LifecycleManager } from '../lifecycle/lifecycle-manager.js';
import type { LifecycleSettings } from '../lifecycle/lifecycle-options.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import { ClassBuilder } from './class-builder.js';
import { ComponentBuilder } from './component-builder.js';
import { argumentInvalid, problemError } from './container-errors.js';
import { injectedKeys } from './injected-keys.js';
import { inspectGraph } from './inspect-graph.js';
import type { KeyEntry, NeededEntry } from './key-entry.js';

const cores = new WeakMap<object, ResolverCore>();

/** Lets `resolverCoreOf` find the core of a resolver, which keeps it to itself. */
export function rememberCore(resolver: object, core: ResolverCore): void {
  cores.set(resolver, core);
}

export function resolverCoreOf(resolver: object): ResolverCore | undefined {
  return cores.get(resolver);
}

/** What a resolver and all scopes below it share. */
export class ResolverCore {
  readonly registry: CandidateRegistry;
  readonly lifecycle: LifecycleManager;
  readonly classes: ClassBuilder;
  readonly builder: ComponentBuilder;
  /** How many overrides there are, of whichever scope. */
  overrides = 0;
  readonly #core: LifecycleCore;
  readonly #entries: (KeyEntry | undefined)[] = [];

  /** @throws `ONEIRIC_CONTAINER_ARGUMENT_INVALID` for a lifecycle of another copy of the package */
  constructor(registry: CandidateRegistry, lifecycle: LifecycleManager) {
    this.registry = registry;
    this.lifecycle = lifecycle;
    this.classes = new ClassBuilder();
    const core = lifecycleCoreOf(lifecycle);
    if (core === undefined) {
      const expected = 'a LifecycleManager of this copy of @oneiric/core';
      throw argumentInvalid('lifecycle', describeValue(lifecycle), expected);
    }
    this.#core = core;
    this.builder = new ComponentBuilder(core, this.classes);
  }

  /** What bounds the building and the closing of what the lifecycle does not run. */
  get settings(): LifecycleSettings {
    return this.#core.settings;
  }

  /** The entry of a typed key that was asked for before. */
  find(key: unknown): KeyEntry | undefined {
    if (typeof key !== 'object' || key === null) return undefined;
    const known = this.#entries[(key as Key).id];
    return known !== undefined && known.key === key ? known : undefined;
  }

  /** Lets the key's live handle stand for `instance`, whatever runs, until it is disposed. */
  substitute(key: Key, instance: unknown): Disposable {
    return this.#core.slotOf(key.domain, key.key).substitute(instance);
  }

  /** The entry of a key, made when it is first asked for. */
  entryOf<T>(key: Key<T>): KeyEntry<T> {
    const known = this.#entries[key.id];
    if (known !== undefined && known.key === key) return known as KeyEntry<T>;
    const entry: KeyEntry<T> = {
      key,
      slot: this.#core.slotOf(key.domain, key.key),
      handle: this.lifecycle.live(key),
      last: undefined,
      needs: undefined,
      soundAt: -1,
    };
    this.#entries[key.id] = entry;
    return entry;
  }

  /** What a candidate of the entry's key is given. */
  needsOf(entry: KeyEntry, candidate: Candidate): readonly NeededEntry[] {
    if (entry.needs?.candidate !== candidate) {
      const entries = injectedKeys(candidate).map((need) => ({ ...need, entry: this.entryOf(need.key) }));
      entry.needs = { candidate, entries };
    }
    return entry.needs.entries;
  }

  isRunning(key: Key): boolean {
    return this.entryOf(key).handle.peek() !== undefined;
  }

  /** Refuses what cannot be built, before anything is. @throws `ONEIRIC_CONTAINER_MISSING`, `…_CYCLE`, `…_SCOPE_LEAK` */
  assertSound(entry: KeyEntry): void {
    const { revision } = this.registry;
    if (entry.soundAt === revision) return;
    const view = { reads: this.registry, isRunning: (key: Key) => this.isRunning(key) };
    for (const problem of inspectGraph([entry.key], view)) throw problemError(problem);
    entry.soundAt = revision;
  }
}
