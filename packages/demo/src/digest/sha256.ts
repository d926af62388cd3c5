import { createHash } from 'node:crypto';

import { defineCandidate } from '@oneiric/core';

import type { Digest } from './digest.js';

export const sha256 = defineCandidate<Digest>({
  domain: 'adapter',
  key: 'digest',
  provider: 'sha256',
  priority: 10,
  capabilities: ['cryptographic', 'native'],
  factory: () => ({ hex: (bytes) => createHash('sha256').update(bytes).digest('hex') }),
});
