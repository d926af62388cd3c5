import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { npmPackage } from '../npm-package.js';
import { type Cache, CACHE } from './cache.js';

const settings = z.strictObject({ maxEntries: z.number().int().positive().default(10_000) });

/** In the memory of this process: quick, and gone with it. */
export const memoryCache = defineCandidate<Cache, z.infer<typeof settings>>({
  ...CACHE,
  provider: 'memory',
  source: npmPackage('lru-cache'),
  capabilities: ['ttl'],
  settings,
  factory: async ({ settings: { maxEntries } }) => {
    const { LRUCache } = await import('lru-cache');
    const entries = new LRUCache<string, string>({ max: maxEntries });
    return {
      get: async (name) => entries.get(name),
      set: async (name, value, ttlMs) => {
        entries.set(name, value, { ttl: ttlMs });
      },
    };
  },
});
