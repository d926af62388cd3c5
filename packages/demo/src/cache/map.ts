import { defineCandidate } from '@oneiric/core';

import { type Cache, CACHE } from './cache.js';

/** Never forgets, so it lacks `bounded`. */
export const map = defineCandidate<Cache>({
  ...CACHE,
  provider: 'map',
  factory: () => new Map<string, Uint8Array>(),
});
