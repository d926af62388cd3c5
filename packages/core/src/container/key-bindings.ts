import type { Key } from '../foundation/key.js';
import type { LiveHandle } from '../foundation/live-handle.js';
import type { InversifyContainer, ServiceId } from './inversify-container.js';
import { liveServiceId, serviceId } from './service-id.js';

/** What a container gives for a key, at the moment it is asked. */
export interface KeySource {
  /** What `get` gives; a promise of it where that has to be started. */
  give(key: Key): unknown;
  live(key: Key): LiveHandle<unknown>;
}

/** The identifiers of one key: the text, the key object itself, and that of its live handle. */
function identifiersOf(key: Key): readonly ServiceId<unknown>[] {
  return [serviceId(key), key as unknown as ServiceId<unknown>, liveServiceId(key)];
}

/**
 * The bindings of one container: for each key one per identifier, made once and never changed. Each is dynamic and
 * transient, so that it is asked anew at every resolution; nothing of it is in Inversify's caches.
 */
export class KeyBindings {
  readonly #container: InversifyContainer;
  readonly #source: KeySource;
  readonly #bound = new Map<ServiceId<unknown>, unknown>();
  /** For each snapshot of the container that was not restored yet: the keys that were bound after it. */
  readonly #sinceSnapshots: Set<Key>[] = [];

  constructor(container: InversifyContainer, source: KeySource) {
    this.#container = container;
    this.#source = source;
  }

  has(key: Key): boolean {
    return this.#bound.has(serviceId(key));
  }

  /** The identifiers of a key that somebody else has bound in this very container. */
  foreign(key: Key): readonly ServiceId<unknown>[] {
    return identifiersOf(key).filter((id) => !this.#bound.has(id) && this.#container.isCurrentBound(id));
  }

  /** Binds what is not bound yet, but for the identifiers in `except`. */
  bind(key: Key, except: readonly ServiceId<unknown>[] = []): void {
    const [text, object, live] = identifiersOf(key) as [
      ServiceId<unknown>,
      ServiceId<unknown>,
      ServiceId<unknown>,
    ];
    this.#sinceSnapshots.at(-1)?.add(key);
    const give = (): unknown => this.#source.give(key);
    for (const [id, build] of [
      [text, give],
      [object, give],
      [live, () => this.#source.live(key)],
    ] as const) {
      if (this.#bound.has(id) || except.includes(id)) continue;
      this.#bound.set(id, this.#container.bind(id).toDynamicValue(build).inTransientScope().getIdentifier());
    }
  }

  onSnapshot(): void {
    this.#sinceSnapshots.push(new Set());
  }

  /** Binds again what was not there yet when the snapshot was taken. One that was taken before us has nothing of ours. */
  onRestore(): void {
    for (const key of this.#sinceSnapshots.pop() ?? []) {
      for (const id of identifiersOf(key)) if (!this.#container.isCurrentBound(id)) this.#bound.delete(id);
      this.bind(key, this.foreign(key));
    }
  }

  /** Takes out what it bound, and nothing else: by the bindings' own identifiers, and only where they still are. */
  release(): void {
    for (const [id, identifier] of this.#bound) {
      if (this.#container.isCurrentBound(id)) this.#container.unbind(identifier as never);
    }
    this.#bound.clear();
  }
}
