import { readFile } from 'node:fs/promises';

import { defineCandidate } from '@oneiric/core';

import type { Reader } from './reader.js';

/** All at once. */
export const whole = defineCandidate<Reader>({
  domain: 'adapter',
  key: 'reader',
  provider: 'whole',
  factory: () => ({
    async *read(file) {
      yield await readFile(file);
    },
  }),
});
