import { defineKey } from '@oneiric/core';

import type { Booking } from '../../booking/booking.js';

/** Keeps the bookings. It has state, so it is used through its live handle: a swap holds calls while data is carried over. */
export interface Bookings {
  /** A new one, or one that has changed. */
  save(booking: Booking): Promise<void>;
  find(number: string): Promise<Booking | undefined>;
  all(): Promise<readonly Booking[]>;
}

export const BOOKINGS = defineKey<Bookings>('adapter', 'bookings');
