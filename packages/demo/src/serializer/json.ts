import { defineCandidate } from '@oneiric/core';

import { type Serializer, SERIALIZER } from './serializer.js';

export const json = defineCandidate<Serializer>({
  ...SERIALIZER,
  provider: 'json',
  capabilities: ['text'],
  factory: () => ({
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode: (bytes) => JSON.parse(Buffer.from(bytes).toString()) as unknown,
  }),
});
