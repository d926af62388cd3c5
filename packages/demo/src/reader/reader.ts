import { defineKey } from '@oneiric/core';

/** Reads a file from its beginning to its end. */
export interface Reader {
  /** The file's bytes, in pieces of any size. */
  read(file: string): AsyncIterable<Uint8Array>;
}

export const READER = defineKey<Reader>('adapter', 'reader');
