import { defineCandidate } from '@oneiric/core';

import type { Booking } from '../../booking/booking.js';
import { Adapter } from '../adapter.js';
import { type Bookings, BOOKINGS } from './bookings.js';
import { carryBookings } from './carry-bookings.js';

/** Quick, and gone with the process. */
export class MemoryBookings extends Adapter implements Bookings {
  readonly #bookings = new Map<string, Booking>();

  constructor(name = 'bookings in memory') {
    super(name);
  }

  async save(booking: Booking): Promise<void> {
    this.assertOpen();
    this.#bookings.set(booking.number, booking);
  }

  async find(number: string): Promise<Booking | undefined> {
    this.assertOpen();
    return this.#bookings.get(number);
  }

  async all(): Promise<readonly Booking[]> {
    this.assertOpen();
    return [...this.#bookings.values()];
  }
}

export const memoryBookings = defineCandidate<Bookings>({
  ...BOOKINGS,
  provider: 'memory',
  handover: carryBookings,
  factory: () => new MemoryBookings(),
});
