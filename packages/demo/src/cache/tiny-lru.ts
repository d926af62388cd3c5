import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { npmPackage } from '../npm-package.js';
import { type Cache, CACHE } from './cache.js';

const settings = z.strictObject({ maxBlocks: z.number().int().positive() });

/** Forgets what was not used for longest once it holds so many blocks, however large they are. */
export const tinyLru = defineCandidate<Cache, z.infer<typeof settings>>({
  ...CACHE,
  provider: 'tiny-lru',
  source: npmPackage('tiny-lru'),
  capabilities: ['bounded'],
  settings,
  factory: async (context) => {
    const { lru } = await import('tiny-lru');
    return lru<Uint8Array>(context.settings.maxBlocks);
  },
});
