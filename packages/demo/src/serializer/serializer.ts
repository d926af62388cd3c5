import { defineKey } from '@oneiric/core';

/** Turns JSON-like data into bytes and back, without loss. */
export interface Serializer {
  encode(value: unknown): Uint8Array;
  decode(bytes: Uint8Array): unknown;
}

const PROBE = { name: 'Sant Julià de Lòria', lat: -42.5, tags: [true, null] };

/** Whether it gives back what it was given: asked before it serves, and by `oneiric health`. */
export function isReadable(serializer: Serializer): boolean {
  return JSON.stringify(serializer.decode(serializer.encode(PROBE))) === JSON.stringify(PROBE);
}

export const SERIALIZER = defineKey<Serializer>('adapter', 'serializer');
