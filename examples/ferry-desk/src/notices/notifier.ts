import { InjectCandidate } from '@oneiric/core/container';
import { inject, injectable } from 'inversify';

import { type Mail, MAIL } from '../adapters/mail/mail.js';
import type { Booking } from '../booking/booking.js';
import { BookingLetter } from './booking-letter.js';
import { CancellationLetter } from './cancellation-letter.js';

@injectable()
export class Notifier {
  constructor(
    @InjectCandidate(MAIL) private readonly mail: Mail,
    @inject(BookingLetter) private readonly bookingLetter: BookingLetter,
    @inject(CancellationLetter) private readonly cancellationLetter: CancellationLetter,
  ) {}

  booked(booking: Booking): Promise<void> {
    return this.mail.send(addressOf(booking), 'Your booking', this.bookingLetter.write(booking));
  }

  cancelled(booking: Booking, refund: number): Promise<void> {
    const text = this.cancellationLetter.write(booking, refund);
    return this.mail.send(addressOf(booking), 'Your cancellation', text);
  }
}

function addressOf({ passenger }: Booking): string {
  return `${passenger}@passengers.example`;
}
