import { injectable, multiInject } from 'inversify';

import type { BookingWish } from './booking.js';
import { BOOKING_RULE, type BookingRule } from './booking-rule.js';
import { DeskError } from './desk-error.js';

@injectable()
export class BookingRules {
  constructor(@multiInject(BOOKING_RULE) private readonly rules: readonly BookingRule[]) {}

  /** @throws DeskError 422 with everything that speaks against it */
  assertAllowed(wish: BookingWish): void {
    const objections = this.rules.flatMap((rule) => rule.objection(wish) ?? []);
    if (objections.length > 0) throw new DeskError(422, objections.join(' '));
  }
}
