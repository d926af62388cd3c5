import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';

import type { Booking, BookingWish } from '../booking/booking.js';
import { summerSailings } from '../sailings/summer-sailings.js';
import type { DeskClient, Reply } from './desk-client.js';
import type { Errand } from './load-plan.js';
import { PassengerBook } from './passenger-book.js';

/** Do the errands, and check every answer against what they know themselves. */
export class Passengers {
  readonly book = new PassengerBook();
  readonly #client: DeskClient;
  readonly #random: () => number;
  /** Bookings whose cancellation was asked for: until it is confirmed, a manifest may have them or not. */
  readonly #leaving = new Set<string>();

  constructor(client: DeskClient, random: () => number) {
    this.#client = client;
    this.#random = random;
  }

  /** @throws AssertionError for a wrong answer */
  run(errand: Errand): Promise<void> {
    switch (errand.kind) {
      case 'quote':
        return this.#quote(errand.sailing, errand.seats);
      case 'book':
        return this.#reserve(errand.wish);
      case 'refused':
        return this.#refused(errand.wish);
      case 'manifest':
        return this.#manifest(errand.sailing);
      case 'show':
        return this.book.lend(this.#random, undefined, (booking) => this.#show(booking));
      case 'check-in':
        return this.book.lend(this.#random, 'booked', (booking) => this.#checkIn(booking));
      case 'cancel':
        return this.book.lend(this.#random, 'booked', (booking) => this.#cancel(booking));
    }
  }

  async #quote(sailing: string, seats: number): Promise<void> {
    const reply = await this.#client.ask('GET', `/sailings/${sailing}/fare?seats=${seats}`);
    deepStrictEqual(read(reply, 200), { cents: fare(sailing, seats) });
  }

  async #reserve(wish: BookingWish): Promise<void> {
    const booking = read(await this.#client.ask('POST', '/bookings', wish), 201) as Booking;
    const { number, receipt } = booking;
    const cents = fare(wish.sailing, wish.seats);
    deepStrictEqual(booking, { ...wish, number, receipt, cents, state: 'booked' });
    ok(!this.book.bookings.has(number), `The number ${number} was given twice.`);
    this.book.confirm(booking);
  }

  async #refused(wish: BookingWish): Promise<void> {
    const reply = await this.#client.ask('POST', '/bookings', wish);
    deepStrictEqual(read(reply, 422), { error: `Error: The sailing ${wish.sailing} is called off.` });
  }

  async #manifest(sailing: string): Promise<void> {
    const before = new Map(this.book.bookings);
    const reply = await this.#client.ask('GET', `/sailings/${sailing}/manifest`);
    strictEqual(reply.status, 200, reply.text);
    const lines = reply.text.trimEnd().split('\n').slice(1);
    const listed = new Set(lines.map((line) => line.slice(0, line.indexOf(' '))));
    strictEqual(listed.size, lines.length, 'A booking is listed twice.');
    for (const booking of before.values()) {
      if (booking.sailing !== sailing) continue;
      const { number } = booking;
      if (booking.state === 'cancelled') ok(!listed.has(number), `${number} is cancelled, and listed.`);
      else ok(listed.has(number) || this.#leaving.has(number), `${number} is missing.`);
    }
  }

  async #show(booking: Booking): Promise<void> {
    deepStrictEqual(read(await this.#client.ask('GET', `/bookings/${booking.number}`), 200), booking);
  }

  async #checkIn(booking: Booking): Promise<void> {
    const boarded: Booking = { ...booking, state: 'boarded' };
    deepStrictEqual(
      read(await this.#client.ask('POST', `/bookings/${booking.number}/check-in`), 200),
      boarded,
    );
    this.book.confirm(boarded);
  }

  async #cancel(booking: Booking): Promise<void> {
    const cancelled: Booking = { ...booking, state: 'cancelled' };
    this.#leaving.add(booking.number);
    const answer = read(await this.#client.ask('DELETE', `/bookings/${booking.number}`), 200);
    deepStrictEqual(answer, { booking: cancelled, refund: booking.cents - Math.round(booking.cents * 0.2) });
    this.book.confirm(cancelled);
  }
}

function read({ status, text }: Reply, expected: number): unknown {
  strictEqual(status, expected, text);
  return JSON.parse(text);
}

/** Worked out once more, from the price list: what the desk says is to be checked, not to be believed. */
function fare(id: string, seats: number): number {
  const { centsPerSeat = 0 } = summerSailings.find((sailing) => sailing.id === id) ?? {};
  return Math.round(centsPerSeat * seats * (seats >= 5 ? 0.9 : 1));
}
