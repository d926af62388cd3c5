import { inject, injectable } from 'inversify';

import { Notifier } from '../notices/notifier.js';
import { SeatPlan } from '../sailings/seat-plan.js';
import type { Booking } from './booking.js';
import { BookingBook } from './booking-book.js';
import { CancellationPolicy } from './cancellation-policy.js';
import { Checkout } from './checkout.js';

@injectable()
export class CancellationDesk {
  constructor(
    @inject(BookingBook) private readonly book: BookingBook,
    @inject(CancellationPolicy) private readonly policy: CancellationPolicy,
    @inject(SeatPlan) private readonly plan: SeatPlan,
    @inject(Checkout) private readonly checkout: Checkout,
    @inject(Notifier) private readonly notifier: Notifier,
  ) {}

  /** @throws DeskError 404, 409 */
  async cancel(number: string): Promise<{ readonly booking: Booking; readonly refund: number }> {
    const booking = await this.book.change(number, (present) => {
      this.policy.assertCancellable(present);
      return { ...present, state: 'cancelled' };
    });
    const refund = this.policy.refund(booking);
    this.plan.giveBack(booking.sailing, booking.seats);
    await this.checkout.payBack(booking.receipt, refund);
    await this.notifier.cancelled(booking, refund);
    return { booking, refund };
  }
}
