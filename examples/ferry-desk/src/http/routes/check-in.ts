import { inject, injectable } from 'inversify';

import { CheckInDesk } from '../../booking/check-in-desk.js';
import { type Answer, type Asked, json, type Route } from '../route.js';

@injectable()
export class CheckIn implements Route {
  readonly pattern = 'POST /bookings/:id/check-in';

  constructor(@inject(CheckInDesk) private readonly desk: CheckInDesk) {}

  async handle({ id }: Asked): Promise<Answer> {
    return json(200, await this.desk.board(id));
  }
}
