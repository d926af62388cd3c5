import { InjectCandidate } from '@oneiric/core/container';
import { injectable } from 'inversify';

import { type Payments, PAYMENTS } from '../adapters/payments/payments.js';

/** Takes the money and gives it back. A payment that has begun ends at the till where it began. */
@injectable()
export class Checkout {
  constructor(@InjectCandidate(PAYMENTS) private readonly payments: Payments) {}

  pay(booking: string, cents: number): Promise<string> {
    return this.payments.charge(booking, cents);
  }

  async payBack(receipt: string, cents: number): Promise<void> {
    if (cents > 0) await this.payments.refund(receipt, cents);
  }
}
