import { type FileHandle, mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';

import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import type { Booking } from '../../booking/booking.js';
import { Adapter } from '../adapter.js';
import { type Bookings, BOOKINGS } from './bookings.js';
import { carryBookings } from './carry-bookings.js';

const settings = z.strictObject({ file: z.string() });

/** One line of JSON for every change, at the end of a file: what stands there last counts. */
class JournalBookings extends Adapter implements Bookings {
  readonly #journal: FileHandle;
  readonly #bookings: Map<string, Booking>;
  #writing: Promise<unknown> = Promise.resolve();

  private constructor(journal: FileHandle, bookings: Map<string, Booking>) {
    super('bookings in a journal');
    this.#journal = journal;
    this.#bookings = bookings;
  }

  static async open(file: string): Promise<JournalBookings> {
    await mkdir(dirname(file), { recursive: true });
    const journal = await open(file, 'a');
    return new JournalBookings(journal, await readJournal(file));
  }

  async save(booking: Booking): Promise<void> {
    this.assertOpen();
    const writing = this.#writing.then(() => this.#journal.appendFile(`${JSON.stringify(booking)}\n`));
    this.#writing = writing.catch(() => undefined);
    await writing;
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

  protected override async close(): Promise<void> {
    await this.#journal.sync();
    await this.#journal.close();
  }
}

/** What a journal says, by number. */
export async function readJournal(file: string): Promise<Map<string, Booking>> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  const bookings = lines.map((line) => JSON.parse(line) as Booking);
  return new Map(bookings.map((booking) => [booking.number, booking]));
}

export const journalBookings = defineCandidate<Bookings, z.infer<typeof settings>>({
  ...BOOKINGS,
  provider: 'journal',
  capabilities: ['durable'],
  settings,
  handover: carryBookings,
  factory: (context) => JournalBookings.open(context.settings.file),
});
