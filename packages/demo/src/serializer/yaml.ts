import { defineCandidate } from '@oneiric/core';

import { npmPackage } from '../npm-package.js';
import { type Serializer, SERIALIZER, isReadable } from './serializer.js';

export const yaml = defineCandidate<Serializer>({
  ...SERIALIZER,
  provider: 'yaml',
  source: npmPackage('yaml'),
  capabilities: ['text', 'comments'],
  health: isReadable,
  factory: async () => {
    const { parse, stringify } = await import('yaml');
    return {
      encode: (value) => Buffer.from(stringify(value)),
      decode: (bytes) => parse(Buffer.from(bytes).toString()) as unknown,
    };
  },
});
