import { defineKey } from '@oneiric/core';

/** Makes bytes smaller and gives the same bytes back. */
export interface Compressor {
  compress(bytes: Uint8Array): Promise<Uint8Array>;
  decompress(bytes: Uint8Array): Promise<Uint8Array>;
}

export const COMPRESSOR = defineKey<Compressor>('adapter', 'compressor');
