import { inject, injectable } from 'inversify';

import { SeatPlan } from '../../sailings/seat-plan.js';
import { type Answer, type Asked, json, type Route } from '../route.js';

@injectable()
export class CountSeats implements Route {
  readonly pattern = 'GET /sailings/:id/seats';

  constructor(@inject(SeatPlan) private readonly plan: SeatPlan) {}

  async handle({ id }: Asked): Promise<Answer> {
    return json(200, { free: this.plan.free(id) });
  }
}
