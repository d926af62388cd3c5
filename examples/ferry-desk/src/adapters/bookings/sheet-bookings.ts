import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import type { Booking } from '../../booking/booking.js';
import { type Bookings, BOOKINGS } from './bookings.js';
import { carryBookings } from './carry-bookings.js';
import { MemoryBookings } from './memory-bookings.js';

const settings = z.strictObject({ lines: z.number().int().positive() });

/** One sheet of paper, which is full some time. */
class SheetBookings extends MemoryBookings {
  readonly #lines: number;
  #used = 0;

  constructor(lines: number) {
    super('bookings on a sheet');
    this.#lines = lines;
  }

  override async save(booking: Booking): Promise<void> {
    if ((await this.find(booking.number)) === undefined && this.#used++ >= this.#lines) {
      throw new Error(`The sheet has ${this.#lines} lines, and all of them are written on.`);
    }
    await super.save(booking);
  }
}

export const sheetBookings = defineCandidate<Bookings, z.infer<typeof settings>>({
  ...BOOKINGS,
  provider: 'sheet',
  settings,
  handover: carryBookings,
  factory: (context) => new SheetBookings(context.settings.lines),
});
