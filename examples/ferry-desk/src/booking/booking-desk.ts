import { inject, injectable } from 'inversify';

import { FareDesk } from '../fares/fare-desk.js';
import { Notifier } from '../notices/notifier.js';
import { SeatPlan } from '../sailings/seat-plan.js';
import type { Booking, BookingWish } from './booking.js';
import { BookingBook } from './booking-book.js';
import { BookingNumbers } from './booking-numbers.js';
import { BookingRules } from './booking-rules.js';
import { Checkout } from './checkout.js';

@injectable()
export class BookingDesk {
  constructor(
    @inject(BookingRules) private readonly rules: BookingRules,
    @inject(SeatPlan) private readonly plan: SeatPlan,
    @inject(FareDesk) private readonly fares: FareDesk,
    @inject(BookingNumbers) private readonly numbers: BookingNumbers,
    @inject(Checkout) private readonly checkout: Checkout,
    @inject(BookingBook) private readonly book: BookingBook,
    @inject(Notifier) private readonly notifier: Notifier,
  ) {}

  /** @throws DeskError 404, 422 */
  async reserve(wish: BookingWish): Promise<Booking> {
    this.rules.assertAllowed(wish);
    this.plan.take(wish.sailing, wish.seats);
    const booking = await this.#sell(wish).catch((error: unknown) => {
      this.plan.giveBack(wish.sailing, wish.seats);
      throw error;
    });
    await this.notifier.booked(booking);
    return booking;
  }

  async #sell(wish: BookingWish): Promise<Booking> {
    const number = this.numbers.next();
    const cents = this.fares.quote(wish.sailing, wish.seats);
    const receipt = await this.checkout.pay(number, cents);
    const booking: Booking = { ...wish, number, cents, receipt, state: 'booked' };
    try {
      await this.book.add(booking);
    } catch (error) {
      await this.checkout.payBack(receipt, cents);
      throw error;
    }
    return booking;
  }
}
