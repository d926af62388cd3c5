import type { Container } from 'inversify';

import { BookingBook } from '../booking/booking-book.js';
import { BookingDesk } from '../booking/booking-desk.js';
import { BookingNumbers } from '../booking/booking-numbers.js';
import { BOOKING_RULE } from '../booking/booking-rule.js';
import { BookingRules } from '../booking/booking-rules.js';
import { CANCELLATION_FEE, CancellationPolicy } from '../booking/cancellation-policy.js';
import { CancellationDesk } from '../booking/cancellation-desk.js';
import { CheckInDesk } from '../booking/check-in-desk.js';
import { Checkout } from '../booking/checkout.js';
import { FreeSeatsRule } from '../booking/free-seats-rule.js';
import { GroupSizeRule, LARGEST_GROUP } from '../booking/group-size-rule.js';
import { OpenSailingRule } from '../booking/open-sailing-rule.js';
import { FareCache } from '../fares/fare-cache.js';
import { FareDesk } from '../fares/fare-desk.js';
import { GROUP_FROM, GroupDiscount } from '../fares/group-discount.js';
import { AnswerBook } from '../http/answer-book.js';
import { DeskServer } from '../http/desk-server.js';
import { ROUTE } from '../http/route.js';
import { Router } from '../http/router.js';
import { BookSeats } from '../http/routes/book-seats.js';
import { CancelBooking } from '../http/routes/cancel-booking.js';
import { CheckIn } from '../http/routes/check-in.js';
import { CountSeats } from '../http/routes/count-seats.js';
import { ListSailings } from '../http/routes/list-sailings.js';
import { QuoteFare } from '../http/routes/quote-fare.js';
import { ShowBooking } from '../http/routes/show-booking.js';
import { ShowManifest } from '../http/routes/show-manifest.js';
import { ManifestPacker } from '../manifest/manifest-packer.js';
import { ManifestWriter } from '../manifest/manifest-writer.js';
import { BookingLetter } from '../notices/booking-letter.js';
import { CancellationLetter } from '../notices/cancellation-letter.js';
import { Notifier } from '../notices/notifier.js';
import { SAILINGS } from '../sailings/sailing.js';
import { SeatPlan } from '../sailings/seat-plan.js';
import { summerSailings } from '../sailings/summer-sailings.js';
import { Timetable } from '../sailings/timetable.js';

const classes = [
  ...[Timetable, SeatPlan, GroupDiscount, FareCache, FareDesk],
  ...[BookingBook, BookingDesk, BookingNumbers, BookingRules, CancellationDesk, CancellationPolicy],
  ...[CheckInDesk, Checkout, Notifier, BookingLetter, CancellationLetter, ManifestWriter, ManifestPacker],
  ...[AnswerBook, Router, DeskServer],
];
const rules = [GroupSizeRule, OpenSailingRule, FreeSeatsRule];
const routes = [
  ...[ListSailings, QuoteFare, CountSeats, ShowManifest],
  ...[BookSeats, ShowBooking, CancelBooking, CheckIn],
];

/** What is the application's own, bound as in any Inversify application: nobody chooses between several here. */
export function bindDesk(container: Container): void {
  container.bind(SAILINGS).toConstantValue(summerSailings);
  container.bind(GROUP_FROM).toConstantValue(5);
  container.bind(LARGEST_GROUP).toConstantValue(12);
  container.bind(CANCELLATION_FEE).toConstantValue(0.2);
  for (const type of classes) container.bind<unknown>(type).to(type);
  for (const rule of rules) container.bind(BOOKING_RULE).to(rule);
  for (const route of routes) container.bind(ROUTE).to(route);
}

export const classCount = classes.length + rules.length + routes.length;
