import { inject, injectable } from 'inversify';

import { Timetable } from './timetable.js';

/** How many seats are free, counted at once: two bookings never get the same seat. */
@injectable()
export class SeatPlan {
  readonly #taken = new Map<string, number>();

  constructor(@inject(Timetable) private readonly timetable: Timetable) {}

  free(sailing: string): number {
    return this.timetable.sailing(sailing).seats - (this.#taken.get(sailing) ?? 0);
  }

  take(sailing: string, seats: number): void {
    this.#taken.set(sailing, (this.#taken.get(sailing) ?? 0) + seats);
  }

  giveBack(sailing: string, seats: number): void {
    this.take(sailing, -seats);
  }
}
