import type { BookingWish } from './booking.js';

/** One reason why a booking may be refused. */
export interface BookingRule {
  /** Undefined where there is nothing to object to. */
  objection(wish: BookingWish): string | undefined;
}

export const BOOKING_RULE = Symbol('booking rule');
