import { inject, injectable } from 'inversify';

import type { Booking } from './booking.js';
import { DeskError } from './desk-error.js';

/** The part of the fare that is kept, 0…1. */
export const CANCELLATION_FEE = Symbol('cancellation fee');

@injectable()
export class CancellationPolicy {
  constructor(@inject(CANCELLATION_FEE) private readonly fee: number) {}

  /** @throws DeskError 409 */
  assertCancellable({ number, state }: Booking): void {
    if (state !== 'booked') throw new DeskError(409, `The booking ${number} is ${state} already.`);
  }

  refund({ cents }: Booking): number {
    return cents - Math.round(cents * this.fee);
  }
}
