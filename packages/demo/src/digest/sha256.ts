import { createHash } from 'node:crypto';

import { defineCandidate } from '@oneiric/core';

import { type Digest, DIGEST } from './digest.js';

export const sha256 = defineCandidate<Digest>({
  ...DIGEST,
  provider: 'sha256',
  priority: 10,
  capabilities: ['cryptographic', 'native'],
  factory: () => ({ hex: (bytes) => createHash('sha256').update(bytes).digest('hex') }),
});
