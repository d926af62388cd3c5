import { readFile } from 'node:fs/promises';

import { defineCandidate } from '@oneiric/core';

import { type Reader, READER } from './reader.js';

/** All at once. */
export const whole = defineCandidate<Reader>({
  ...READER,
  provider: 'whole',
  factory: () => ({
    async *read(file) {
      yield await readFile(file);
    },
  }),
});
