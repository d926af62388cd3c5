import { defineCandidate } from '@oneiric/core';

import type { Serializer } from './serializer.js';

export const json = defineCandidate<Serializer>({
  domain: 'adapter',
  key: 'serializer',
  provider: 'json',
  capabilities: ['text'],
  factory: () => ({
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode: (bytes) => JSON.parse(Buffer.from(bytes).toString()) as unknown,
  }),
});
