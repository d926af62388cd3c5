import { defineKey } from '@oneiric/core';

/** May forget anything at any time. */
export interface Cache {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

export const CACHE = defineKey<Cache>('adapter', 'cache');
