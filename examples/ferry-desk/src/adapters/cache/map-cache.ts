import { defineCandidate } from '@oneiric/core';

import { Adapter } from '../adapter.js';
import { type Cache, CACHE } from './cache.js';

/** Keeps everything for as long as it lives. */
class MapCache extends Adapter implements Cache {
  readonly #entries = new Map<string, string>();

  constructor() {
    super('cache in a Map');
  }

  get(name: string): string | undefined {
    this.assertOpen();
    return this.#entries.get(name);
  }

  set(name: string, value: string): void {
    this.assertOpen();
    this.#entries.set(name, value);
  }
}

export const mapCache = defineCandidate<Cache>({ ...CACHE, provider: 'map', factory: () => new MapCache() });
