import { defineKey } from '@oneiric/core';

import type { Sailing } from '../sailings/sailing.js';

/** What seats cost. */
export interface Fares {
  cents(sailing: Sailing, seats: number): number;
}

export const FARES = defineKey<Fares>('service', 'fares');
