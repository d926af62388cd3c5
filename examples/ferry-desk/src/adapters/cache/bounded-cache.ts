import { defineCandidate } from '@oneiric/core';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';

import { Adapter } from '../adapter.js';
import { type Cache, CACHE } from './cache.js';

const settings = z.strictObject({ entries: z.number().int().positive() });

/** Keeps what was used last. */
class BoundedCache extends Adapter implements Cache {
  readonly #entries: LRUCache<string, string>;

  constructor(entries: number) {
    super('bounded cache');
    this.#entries = new LRUCache({ max: entries });
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

export const boundedCache = defineCandidate<Cache, z.infer<typeof settings>>({
  ...CACHE,
  provider: 'lru',
  settings,
  factory: (context) => new BoundedCache(context.settings.entries),
});
