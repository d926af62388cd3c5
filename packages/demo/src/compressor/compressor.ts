import { defineKey } from '@oneiric/core';

/** Makes bytes smaller and gives the same bytes back. */
export interface Compressor {
  compress(bytes: Uint8Array): Promise<Uint8Array>;
  decompress(bytes: Uint8Array): Promise<Uint8Array>;
}

const PROBE = Buffer.from('the same, the same, the same');

/** Whether it gives back what it was given: asked before it serves, and by `oneiric health`. */
export async function isReversible(compressor: Compressor): Promise<boolean> {
  return PROBE.equals(await compressor.decompress(await compressor.compress(PROBE)));
}

export const COMPRESSOR = defineKey<Compressor>('adapter', 'compressor');
