import { defineCandidate } from '@oneiric/core';

import { npmPackage } from '../npm-package.js';
import { type Digest, DIGEST } from './digest.js';

/** Finds accidents and no attacks: not `cryptographic`, and the fastest here. */
export const xxh64 = defineCandidate<Digest>({
  ...DIGEST,
  provider: 'xxh64',
  source: npmPackage('xxhash-wasm'),
  capabilities: ['webassembly'],
  factory: async () => {
    const { default: load } = await import('xxhash-wasm');
    const xxhash = await load();
    return { hex: (bytes) => xxhash.h64Raw(bytes).toString(16).padStart(16, '0') };
  },
});
