import { isDeepStrictEqual } from 'node:util';

import { Adapter } from '../adapters/adapter.js';
import { readJournal } from '../adapters/bookings/journal-bookings.js';
import { OutboxMail } from '../adapters/mail/outbox-mail.js';
import { Till } from '../adapters/payments/till.js';
import type { Booking } from '../booking/booking.js';
import type { Desk } from '../desk/open-desk.js';
import type { Load } from '../load/load.js';
import type { PassengerBook } from '../load/passenger-book.js';
import { summerSailings } from '../sailings/summer-sailings.js';
import type { Played } from './play-scene.js';

export interface Finding {
  readonly isFine: boolean;
  readonly text: string;
}

/** What has to hold while the desk is open still. */
export async function auditOpenDesk(
  desk: Desk,
  load: Load,
  { bookings }: PassengerBook,
  played: readonly Played[],
): Promise<readonly Finding[]> {
  const { client, failures } = load;
  const findings: Finding[] = [];
  const add = (isFine: boolean, text: string): number => findings.push({ isFine, text });
  const numbers = Array.from({ length: client.sent }, (_, at) => String(at + 1));
  const once = numbers.filter((number) => desk.answers.times(number) === 1);
  add(
    once.length === client.sent && client.samples.length === client.sent,
    `${once.length} of ${client.sent} requests were answered exactly once`,
  );
  add(failures.length === 0, `${failures.length} answers were wrong or missing`);
  for (const { scene, outcome, inFlight } of played) {
    if (outcome !== scene.expected) add(false, `${scene.title}: ${outcome}, and not ${scene.expected}`);
    if (inFlight === 0) add(false, `${scene.title}: no request was in flight`);
  }
  add(
    true,
    `${played.length} swaps were tried with requests in flight: ${count(played, 'swapped')} were done, ${count(played, 'refused')} refused`,
  );

  const kept = await Promise.all(
    [...bookings.values()].map(async (booking) => {
      const { text } = await client.ask('GET', `/bookings/${booking.number}`);
      return isDeepStrictEqual(JSON.parse(text), booking);
    }),
  );
  const found = kept.filter(Boolean).length;
  add(found === bookings.size, `${found} of ${bookings.size} bookings are as they were confirmed`);
  add(
    await seatsFit(client.ask.bind(client), bookings),
    'the free seats are the seats less those that are booked',
  );
  return findings;
}

type Ask = (method: string, path: string) => Promise<{ readonly text: string }>;

async function seatsFit(ask: Ask, bookings: ReadonlyMap<string, Booking>): Promise<boolean> {
  const fits = summerSailings.map(async ({ id, seats }) => {
    const { text } = await ask('GET', `/sailings/${id}/seats`);
    const booked = [...bookings.values()].filter(
      ({ sailing, state }) => sailing === id && state !== 'cancelled',
    );
    return isDeepStrictEqual(JSON.parse(text), { free: seats - sum(booked.map((each) => each.seats)) });
  });
  return (await Promise.all(fits)).every(Boolean);
}

/** What has to hold once it is closed. */
export async function auditClosedDesk(
  { bookings }: PassengerBook,
  journal: string,
  closedBefore: number,
): Promise<readonly Finding[]> {
  const all = [...bookings.values()];
  const cancelled = all.filter(({ state }) => state === 'cancelled');
  const earned =
    sum(all.map(({ cents }) => cents)) - sum(cancelled.map(({ cents }) => cents - Math.round(cents * 0.2)));
  const { built } = Adapter;
  return [
    {
      isFine: isDeepStrictEqual(await readJournal(journal), bookings),
      text: 'the journal on the disk has the same bookings',
    },
    {
      isFine: Till.cents === earned,
      text: 'the tills hold what the bookings cost, less what was paid back (simulated money)',
    },
    {
      isFine: OutboxMail.letters === all.length + cancelled.length,
      text: `${OutboxMail.letters} letters were written, one for each booking and each cancellation (simulated mail)`,
    },
    {
      isFine: built.every(({ closings }) => closings === 1),
      text: `${built.length} adapters were built, and each was closed once: ${closedBefore} by swaps, ${built.length - closedBefore} at the end`,
    },
  ];
}

function count(played: readonly Played[], outcome: Played['outcome']): number {
  return played.filter((each) => each.outcome === outcome).length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
