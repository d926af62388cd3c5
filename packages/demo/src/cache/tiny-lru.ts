import { defineCandidate } from '@oneiric/core';

import { npmPackage } from '../npm-package.js';
import { type Cache, CACHE } from './cache.js';

const MAX_BLOCKS = 1000;

/** Forgets what was not used for longest once it holds 1,000 blocks, however large they are. */
export const tinyLru = defineCandidate<Cache>({
  ...CACHE,
  provider: 'tiny-lru',
  source: npmPackage('tiny-lru'),
  capabilities: ['bounded'],
  factory: async () => {
    const { lru } = await import('tiny-lru');
    return lru<Uint8Array>(MAX_BLOCKS);
  },
});
