import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

import { defineCandidate } from '@oneiric/core';

import { Adapter } from '../adapter.js';
import { type Compression, COMPRESSION } from './compression.js';

class GzipCompression extends Adapter implements Compression {
  readonly encoding = 'gzip';

  constructor() {
    super('gzip');
  }

  async compress(text: string): Promise<Buffer> {
    this.assertOpen();
    return await promisify(gzip)(text);
  }
}

export const gzipCompression = defineCandidate<Compression>({
  ...COMPRESSION,
  provider: 'gzip',
  factory: () => new GzipCompression(),
});
