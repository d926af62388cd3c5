import { defineCandidate } from '@oneiric/core';

import { npmPackage } from '../npm-package.js';
import { type Serializer, SERIALIZER, isReadable } from './serializer.js';

/** MessagePack with msgpackr's record extension, which writes the names of equal properties once per block. */
export const msgpack = defineCandidate<Serializer>({
  ...SERIALIZER,
  provider: 'msgpack',
  source: npmPackage('msgpackr'),
  capabilities: ['binary'],
  health: isReadable,
  factory: async () => {
    const { Packr } = await import('msgpackr');
    const packr = new Packr({ useRecords: true });
    return {
      encode: (value) => packr.pack(value),
      decode: (bytes) => packr.unpack(bytes) as unknown,
    };
  },
});
