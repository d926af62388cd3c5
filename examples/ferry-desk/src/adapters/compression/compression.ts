import { defineKey } from '@oneiric/core';

export interface Compression {
  /** As HTTP calls it. Both are asked of one instance: they belong together. */
  readonly encoding: 'gzip' | 'br';
  compress(text: string): Promise<Buffer>;
}

export const COMPRESSION = defineKey<Compression>('adapter', 'compression');
