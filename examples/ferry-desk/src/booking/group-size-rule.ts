import { inject, injectable } from 'inversify';

import type { BookingWish } from './booking.js';
import type { BookingRule } from './booking-rule.js';

export const LARGEST_GROUP = Symbol('largest group');

@injectable()
export class GroupSizeRule implements BookingRule {
  constructor(@inject(LARGEST_GROUP) private readonly largest: number) {}

  objection({ seats }: BookingWish): string | undefined {
    const isSound = Number.isInteger(seats) && seats >= 1 && seats <= this.largest;
    return isSound ? undefined : `A booking is for 1 to ${this.largest} seats, not for ${seats}.`;
  }
}
