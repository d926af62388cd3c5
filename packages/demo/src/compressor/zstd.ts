import { promisify } from 'node:util';
import * as zlib from 'node:zlib';

import { defineCandidate } from '@oneiric/core';

import { type Compressor, COMPRESSOR, isReversible } from './compressor.js';

type Transform = (bytes: Uint8Array, done: (error: Error | null, result: Uint8Array) => void) => void;
type Zstd = Readonly<Record<'zstdCompress' | 'zstdDecompress', Transform>>;

/** Ranks highest wherever Node has it; elsewhere it is filtered, and the next one wins. */
export const zstd = defineCandidate<Compressor>({
  ...COMPRESSOR,
  provider: 'zstd',
  priority: 30,
  platform: { node: '^22.15.0 || >=23.8.0' },
  health: isReversible,
  factory: () => {
    // The types are those of Node 20, which lacks both.
    const { zstdCompress, zstdDecompress } = zlib as unknown as Zstd;
    return { compress: promisify(zstdCompress), decompress: promisify(zstdDecompress) };
  },
});
