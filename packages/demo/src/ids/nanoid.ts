import { defineCandidate } from '@oneiric/core';

import { npmPackage } from '../npm-package.js';
import { type Ids, IDS } from './ids.js';

export const nanoid = defineCandidate<Ids>({
  ...IDS,
  provider: 'nanoid',
  source: npmPackage('nanoid'),
  factory: async () => {
    const module = await import('nanoid');
    return { next: () => module.nanoid() };
  },
});
