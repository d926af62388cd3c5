import { inject, injectable } from 'inversify';

import { SeatPlan } from '../sailings/seat-plan.js';
import type { BookingWish } from './booking.js';
import type { BookingRule } from './booking-rule.js';

@injectable()
export class FreeSeatsRule implements BookingRule {
  constructor(@inject(SeatPlan) private readonly plan: SeatPlan) {}

  objection({ sailing, seats }: BookingWish): string | undefined {
    const free = this.plan.free(sailing);
    return seats <= free ? undefined : `The sailing ${sailing} has ${free} free seats.`;
  }
}
