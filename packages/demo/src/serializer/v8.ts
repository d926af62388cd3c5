import { deserialize, serialize } from 'node:v8';

import { defineCandidate } from '@oneiric/core';

import { type Serializer, SERIALIZER, isReadable } from './serializer.js';

/** The engine's own structured clone format: no dependency, readable by Node only. */
export const v8 = defineCandidate<Serializer>({
  ...SERIALIZER,
  provider: 'v8',
  capabilities: ['binary'],
  health: isReadable,
  factory: () => ({ encode: serialize, decode: (bytes) => deserialize(bytes) as unknown }),
});
