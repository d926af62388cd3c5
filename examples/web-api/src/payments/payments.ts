export interface Payments {
  /** Returns the number of the payment. */
  charge(order: string, cents: number): Promise<string>;
}

export const PAYMENTS = { domain: 'service', key: 'payments' } as const;
