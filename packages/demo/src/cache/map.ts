import { defineCandidate } from '@oneiric/core';

import type { Cache } from './cache.js';

/** Never forgets, so it lacks `bounded`. */
export const map = defineCandidate<Cache>({
  domain: 'adapter',
  key: 'cache',
  provider: 'map',
  factory: () => new Map<string, Uint8Array>(),
});
