import { defineCandidate } from '@oneiric/core';

import { npmPackage } from '../npm-package.js';
import { type Digest, DIGEST } from './digest.js';

export const blake3 = defineCandidate<Digest>({
  ...DIGEST,
  provider: 'blake3',
  source: npmPackage('@noble/hashes'),
  capabilities: ['cryptographic'],
  factory: async () => {
    const module = await import('@noble/hashes/blake3.js');
    return { hex: (bytes) => Buffer.from(module.blake3(bytes)).toString('hex') };
  },
});
