import { inject, injectable } from 'inversify';

import { BookingBook } from '../booking/booking-book.js';
import { Timetable } from '../sailings/timetable.js';

/** Who is to be on board, one line for each booking. */
@injectable()
export class ManifestWriter {
  constructor(
    @inject(Timetable) private readonly timetable: Timetable,
    @inject(BookingBook) private readonly book: BookingBook,
  ) {}

  async write(id: string): Promise<string> {
    const { from, to } = this.timetable.sailing(id);
    const bookings = await this.book.all();
    const lines = bookings
      .filter(({ sailing, state }) => sailing === id && state !== 'cancelled')
      .map(({ number, passenger, seats }) => `${number} ${passenger} ${seats}`)
      .sort();
    return [`${id}: ${from} to ${to}`, ...lines, ''].join('\n');
  }
}
