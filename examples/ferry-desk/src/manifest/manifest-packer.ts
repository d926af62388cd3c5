import type { LiveHandle } from '@oneiric/core';
import { InjectLive } from '@oneiric/core/container';
import { injectable } from 'inversify';

import { type Compression, COMPRESSION } from '../adapters/compression/compression.js';

export interface Packed {
  readonly encoding: string;
  readonly bytes: Buffer;
}

/** Asks one instance for both, the name and the bytes; a swap between two calls would make them disagree. */
@injectable()
export class ManifestPacker {
  constructor(@InjectLive(COMPRESSION) private readonly compression: LiveHandle<Compression>) {}

  pack(text: string): Promise<Packed> {
    return this.compression.use(async (present) => ({
      encoding: present.encoding,
      bytes: await present.compress(text),
    }));
  }
}
