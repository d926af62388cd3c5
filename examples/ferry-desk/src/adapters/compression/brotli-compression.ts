import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';

import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { Adapter } from '../adapter.js';
import { type Compression, COMPRESSION } from './compression.js';

const settings = z.strictObject({ quality: z.number().int().min(0).max(11) });

class BrotliCompression extends Adapter implements Compression {
  readonly encoding = 'br';
  readonly #quality: number;

  constructor(quality: number) {
    super('brotli');
    this.#quality = quality;
  }

  async compress(text: string): Promise<Buffer> {
    this.assertOpen();
    return await promisify(brotliCompress)(text, {
      params: { [constants.BROTLI_PARAM_QUALITY]: this.#quality },
    });
  }
}

export const brotliCompression = defineCandidate<Compression, z.infer<typeof settings>>({
  ...COMPRESSION,
  provider: 'brotli',
  settings,
  factory: (context) => new BrotliCompression(context.settings.quality),
});
