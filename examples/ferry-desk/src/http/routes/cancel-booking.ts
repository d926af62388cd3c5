import { inject, injectable } from 'inversify';

import { CancellationDesk } from '../../booking/cancellation-desk.js';
import { type Answer, type Asked, json, type Route } from '../route.js';

@injectable()
export class CancelBooking implements Route {
  readonly pattern = 'DELETE /bookings/:id';

  constructor(@inject(CancellationDesk) private readonly desk: CancellationDesk) {}

  async handle({ id }: Asked): Promise<Answer> {
    return json(200, await this.desk.cancel(id));
  }
}
