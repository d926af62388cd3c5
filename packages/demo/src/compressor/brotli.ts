import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { type Compressor, COMPRESSOR, isReversible } from './compressor.js';

const settings = z.strictObject({
  /** Node's default is 11, which is for files that are compressed once and served for years. */
  quality: z.number().int().min(0).max(11),
});

export const brotli = defineCandidate<Compressor, z.infer<typeof settings>>({
  ...COMPRESSOR,
  provider: 'brotli',
  priority: 20,
  settings,
  health: isReversible,
  factory: (context) => {
    const params = { [constants.BROTLI_PARAM_QUALITY]: context.settings.quality };
    const compress = promisify<Uint8Array, { params: typeof params }, Uint8Array>(brotliCompress);
    return { compress: (bytes) => compress(bytes, { params }), decompress: promisify(brotliDecompress) };
  },
});
