import { defineKey } from '@oneiric/core';

/** Gives names that nobody else gives. */
export interface Ids {
  next(): string;
}

export const IDS = defineKey<Ids>('adapter', 'ids');
