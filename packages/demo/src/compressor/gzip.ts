import { promisify } from 'node:util';
import { gunzip, gzip as deflateIntoGzip } from 'node:zlib';

import { defineCandidate } from '@oneiric/core';

import { type Compressor, COMPRESSOR, isReversible } from './compressor.js';

export const gzip = defineCandidate<Compressor>({
  ...COMPRESSOR,
  provider: 'gzip',
  priority: 10,
  capabilities: ['gzip-format'],
  health: isReversible,
  factory: () => ({
    compress: promisify<Uint8Array, Uint8Array>(deflateIntoGzip),
    decompress: promisify<Uint8Array, Uint8Array>(gunzip),
  }),
});
