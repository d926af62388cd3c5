import { inject, injectable } from 'inversify';

import { Timetable } from '../sailings/timetable.js';
import type { BookingWish } from './booking.js';
import type { BookingRule } from './booking-rule.js';

@injectable()
export class OpenSailingRule implements BookingRule {
  constructor(@inject(Timetable) private readonly timetable: Timetable) {}

  objection({ sailing }: BookingWish): string | undefined {
    return this.timetable.sailing(sailing).isOpen ? undefined : `The sailing ${sailing} is called off.`;
  }
}
