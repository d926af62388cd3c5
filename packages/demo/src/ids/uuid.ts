import { randomUUID } from 'node:crypto';

import { defineCandidate } from '@oneiric/core';

import type { Ids } from './ids.js';

export const uuid = defineCandidate<Ids>({
  domain: 'adapter',
  key: 'ids',
  provider: 'uuid',
  factory: () => ({ next: () => randomUUID() }),
});
