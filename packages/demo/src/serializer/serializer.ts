import { defineKey } from '@oneiric/core';

/** Turns JSON-like data into bytes and back, without loss. */
export interface Serializer {
  encode(value: unknown): Uint8Array;
  decode(bytes: Uint8Array): unknown;
}

export const SERIALIZER = defineKey<Serializer>('adapter', 'serializer');
