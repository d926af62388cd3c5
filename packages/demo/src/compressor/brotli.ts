import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

import { defineCandidate } from '@oneiric/core';

import { type Compressor, COMPRESSOR } from './compressor.js';

/** Of 0…11; Node's default is 11, which is for files that are compressed once and served for years. */
const QUALITY = 5;

export const brotli = defineCandidate<Compressor>({
  ...COMPRESSOR,
  provider: 'brotli',
  priority: 20,
  factory: () => {
    const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY };
    const compress = promisify<Uint8Array, { params: typeof params }, Uint8Array>(brotliCompress);
    return { compress: (bytes) => compress(bytes, { params }), decompress: promisify(brotliDecompress) };
  },
});
