import { defineKey } from '@oneiric/core';

export interface Payments {
  /** Returns the number of the receipt. */
  charge(booking: string, cents: number): Promise<string>;
  refund(receipt: string, cents: number): Promise<void>;
}

export const PAYMENTS = defineKey<Payments>('adapter', 'payments');
