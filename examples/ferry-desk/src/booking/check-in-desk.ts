import { inject, injectable } from 'inversify';

import type { Booking } from './booking.js';
import { BookingBook } from './booking-book.js';
import { DeskError } from './desk-error.js';

@injectable()
export class CheckInDesk {
  constructor(@inject(BookingBook) private readonly book: BookingBook) {}

  /** @throws DeskError 404, 409 */
  board(number: string): Promise<Booking> {
    return this.book.change(number, (booking) => {
      if (booking.state !== 'booked') {
        throw new DeskError(409, `The booking ${number} is ${booking.state} already.`);
      }
      return { ...booking, state: 'boarded' };
    });
  }
}
