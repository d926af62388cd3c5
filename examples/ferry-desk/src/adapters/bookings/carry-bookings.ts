import type { Handover } from '@oneiric/core';

import type { Bookings } from './bookings.js';

/** The new store gets every booking of the old one. Nobody writes meanwhile. */
export const carryBookings: Handover<Bookings> = async (from, to, { signal }) => {
  for (const booking of await (from as Bookings).all()) {
    signal.throwIfAborted();
    await to.save(booking);
  }
};
