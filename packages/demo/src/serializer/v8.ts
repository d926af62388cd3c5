import { deserialize, serialize } from 'node:v8';

import { defineCandidate } from '@oneiric/core';

import { type Serializer, SERIALIZER } from './serializer.js';

/** The engine's own structured clone format: no dependency, readable by Node only. */
export const v8 = defineCandidate<Serializer>({
  ...SERIALIZER,
  provider: 'v8',
  capabilities: ['binary'],
  factory: () => ({ encode: serialize, decode: (bytes) => deserialize(bytes) as unknown }),
});
