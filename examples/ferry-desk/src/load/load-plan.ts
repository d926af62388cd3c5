import type { BookingWish } from '../booking/booking.js';
import { summerSailings } from '../sailings/summer-sailings.js';

export type Errand =
  | { readonly kind: 'quote'; readonly sailing: string; readonly seats: number }
  | { readonly kind: 'book'; readonly wish: BookingWish }
  | { readonly kind: 'refused'; readonly wish: BookingWish }
  | { readonly kind: 'manifest'; readonly sailing: string }
  | { readonly kind: 'show' | 'check-in' | 'cancel' };

/** What comes first, so that there is something to show and to cancel. */
const FIRST_BOOKINGS = 200;
const LARGEST_GROUP = 12;

const open = summerSailings.filter(({ isOpen }) => isOpen);
const closed = summerSailings.filter(({ isOpen }) => !isOpen);

/** The errands of so many passengers, the same for the same random numbers. */
export function planLoad(count: number, random: () => number): readonly Errand[] {
  const below = (end: number): number => Math.floor(random() * end);
  const oneOf = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const wish = (at: number, sailing: string): BookingWish => ({
    sailing,
    passenger: `passenger-${at}`,
    seats: 1 + below(random() < 0.1 ? LARGEST_GROUP : 3),
  });
  return Array.from({ length: count }, (_, at): Errand => {
    const part = at < FIRST_BOOKINGS ? 0 : random();
    const sailing = oneOf(open).id;
    if (part < 0.35) return { kind: 'book', wish: wish(at, sailing) };
    if (part < 0.55) return { kind: 'show' };
    if (part < 0.75) return { kind: 'quote', sailing, seats: 1 + below(LARGEST_GROUP) };
    if (part < 0.83) return { kind: 'check-in' };
    if (part < 0.88) return { kind: 'cancel' };
    if (part < 0.97) return { kind: 'manifest', sailing };
    return { kind: 'refused', wish: wish(at, oneOf(closed).id) };
  });
}
