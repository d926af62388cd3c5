export interface Booking {
  readonly number: string;
  readonly sailing: string;
  readonly passenger: string;
  readonly seats: number;
  readonly cents: number;
  readonly receipt: string;
  readonly state: 'booked' | 'boarded' | 'cancelled';
}

/** What a passenger asks for. */
export type BookingWish = Pick<Booking, 'sailing' | 'passenger' | 'seats'>;
