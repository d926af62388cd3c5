import { inject, injectable } from 'inversify';

import { BookingBook } from '../../booking/booking-book.js';
import { type Answer, type Asked, json, type Route } from '../route.js';

@injectable()
export class ShowBooking implements Route {
  readonly pattern = 'GET /bookings/:id';

  constructor(@inject(BookingBook) private readonly book: BookingBook) {}

  async handle({ id }: Asked): Promise<Answer> {
    return json(200, await this.book.find(id));
  }
}
