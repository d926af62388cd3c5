import { inject, injectable } from 'inversify';

import type { Booking } from '../booking/booking.js';
import { Timetable } from '../sailings/timetable.js';

@injectable()
export class BookingLetter {
  constructor(@inject(Timetable) private readonly timetable: Timetable) {}

  write({ number, sailing, passenger, seats, cents }: Booking): string {
    const { from, to } = this.timetable.sailing(sailing);
    return `Dear ${passenger}, ${seats} seats from ${from} to ${to} are yours for ${(cents / 100).toFixed(2)}: ${number}.`;
  }
}
