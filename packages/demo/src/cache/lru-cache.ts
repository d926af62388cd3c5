import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { npmPackage } from '../npm-package.js';
import { type Cache, CACHE } from './cache.js';

const settings = z.strictObject({ maxBytes: z.number().int().positive() });

/** Forgets what was not used for longest once it holds so many bytes. */
export const lruCache = defineCandidate<Cache, z.infer<typeof settings>>({
  ...CACHE,
  provider: 'lru-cache',
  source: npmPackage('lru-cache'),
  capabilities: ['bounded', 'bounded.bytes'],
  settings,
  factory: async (context) => {
    const { LRUCache } = await import('lru-cache');
    return new LRUCache<string, Uint8Array>({
      maxSize: context.settings.maxBytes,
      sizeCalculation: (block) => Math.max(block.byteLength, 1),
    });
  },
});
