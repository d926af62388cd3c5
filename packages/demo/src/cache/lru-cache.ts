import { defineCandidate } from '@oneiric/core';

import { npmPackage } from '../npm-package.js';
import { type Cache, CACHE } from './cache.js';

const MAX_BYTES = 64 * 1024 * 1024;

/** Forgets what was not used for longest once it holds 64 MiB. */
export const lruCache = defineCandidate<Cache>({
  ...CACHE,
  provider: 'lru-cache',
  source: npmPackage('lru-cache'),
  capabilities: ['bounded', 'bounded.bytes'],
  factory: async () => {
    const { LRUCache } = await import('lru-cache');
    return new LRUCache<string, Uint8Array>({
      maxSize: MAX_BYTES,
      sizeCalculation: (block) => Math.max(block.byteLength, 1),
    });
  },
});
