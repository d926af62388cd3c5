import { inject, injectable } from 'inversify';

import type { Booking } from '../booking/booking.js';
import { Timetable } from '../sailings/timetable.js';

@injectable()
export class CancellationLetter {
  constructor(@inject(Timetable) private readonly timetable: Timetable) {}

  write({ number, sailing, passenger }: Booking, refund: number): string {
    const { to } = this.timetable.sailing(sailing);
    return `Dear ${passenger}, ${number} to ${to} is cancelled. You get ${(refund / 100).toFixed(2)} back.`;
  }
}
