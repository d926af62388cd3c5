import { defineKey } from '@oneiric/core';

/** A short name for bytes: other bytes get another one. */
export interface Digest {
  /** In lower-case hexadecimal. */
  hex(bytes: Uint8Array): string;
}

export const DIGEST = defineKey<Digest>('adapter', 'digest');
