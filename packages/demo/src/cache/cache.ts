import { defineKey } from '@oneiric/core';

/** Keeps blocks by name. It may forget: who gets undefined makes the block again. */
export interface Cache {
  get(name: string): Uint8Array | undefined;
  set(name: string, block: Uint8Array): unknown;
  /** How many blocks it holds now. */
  readonly size: number;
}

export const CACHE = defineKey<Cache>('adapter', 'cache');
