import type { LiveHandle } from '@oneiric/core';
import { InjectLive } from '@oneiric/core/container';
import { injectable } from 'inversify';

import { type Bookings, BOOKINGS } from '../adapters/bookings/bookings.js';
import type { Booking } from './booking.js';
import { DeskError } from './desk-error.js';

/** The bookings, as the desk sees them: each step is done on one store, whichever is swapped meanwhile. */
@injectable()
export class BookingBook {
  constructor(@InjectLive(BOOKINGS) private readonly bookings: LiveHandle<Bookings>) {}

  add(booking: Booking): Promise<void> {
    return this.bookings.use((store) => store.save(booking));
  }

  all(): Promise<readonly Booking[]> {
    return this.bookings.use((store) => store.all());
  }

  /** @throws DeskError 404 */
  find(number: string): Promise<Booking> {
    return this.bookings.use((store) => found(store, number));
  }

  /** Reads, changes and writes within one lease. @throws DeskError 404, and what `change` throws */
  change(number: string, change: (booking: Booking) => Booking): Promise<Booking> {
    return this.bookings.use(async (store) => {
      const changed = change(await found(store, number));
      await store.save(changed);
      return changed;
    });
  }
}

async function found(store: Bookings, number: string): Promise<Booking> {
  const booking = await store.find(number);
  if (booking === undefined) throw new DeskError(404, `There is no booking ${number}.`);
  return booking;
}
