import type { Booking } from '../booking/booking.js';

/** What the passengers know: every booking as it was confirmed to them. */
export class PassengerBook {
  readonly bookings = new Map<string, Booking>();
  /** Bookings that somebody is asking for or changing right now. */
  readonly #busy = new Set<string>();

  confirm(booking: Booking): void {
    this.bookings.set(booking.number, booking);
  }

  /** Gives one that nobody else is busy with to `errand`. */
  async lend<R>(
    random: () => number,
    state: Booking['state'] | undefined,
    errand: (booking: Booking) => Promise<R>,
  ): Promise<R> {
    const idle = [...this.bookings.values()].filter(
      (booking) => !this.#busy.has(booking.number) && (state === undefined || booking.state === state),
    );
    const booking = idle[Math.floor(random() * idle.length)];
    if (booking === undefined) throw new Error('No booking is free for this errand.');
    this.#busy.add(booking.number);
    try {
      return await errand(booking);
    } finally {
      this.#busy.delete(booking.number);
    }
  }
}
