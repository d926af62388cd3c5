import { inject, injectable } from 'inversify';
import { z } from 'zod';

import { BookingDesk } from '../../booking/booking-desk.js';
import { type Answer, type Asked, json, type Route } from '../route.js';

const wish = z.strictObject({ sailing: z.string(), passenger: z.string(), seats: z.number() });

@injectable()
export class BookSeats implements Route {
  readonly pattern = 'POST /bookings';

  constructor(@inject(BookingDesk) private readonly desk: BookingDesk) {}

  async handle({ body }: Asked): Promise<Answer> {
    return json(201, await this.desk.reserve(wish.parse(body)));
  }
}
