import { defineCandidate } from '@oneiric/core';

import { type Serializer, SERIALIZER, isReadable } from './serializer.js';

export const json = defineCandidate<Serializer>({
  ...SERIALIZER,
  provider: 'json',
  capabilities: ['text'],
  health: isReadable,
  factory: () => ({
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode: (bytes) => JSON.parse(Buffer.from(bytes).toString()) as unknown,
  }),
});
