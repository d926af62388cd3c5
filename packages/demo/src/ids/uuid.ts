import { randomUUID } from 'node:crypto';

import { defineCandidate } from '@oneiric/core';

import { type Ids, IDS } from './ids.js';

export const uuid = defineCandidate<Ids>({
  ...IDS,
  provider: 'uuid',
  factory: () => ({ next: () => randomUUID() }),
});
