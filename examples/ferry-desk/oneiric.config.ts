import { defineConfig } from '@oneiric/core';

import { journalBookings } from './src/adapters/bookings/journal-bookings.js';
import { memoryBookings } from './src/adapters/bookings/memory-bookings.js';
import { sheetBookings } from './src/adapters/bookings/sheet-bookings.js';
import { boundedCache } from './src/adapters/cache/bounded-cache.js';
import { mapCache } from './src/adapters/cache/map-cache.js';
import { brotliCompression } from './src/adapters/compression/brotli-compression.js';
import { gzipCompression } from './src/adapters/compression/gzip-compression.js';
import { outboxMail } from './src/adapters/mail/outbox-mail.js';
import { smtpMail } from './src/adapters/mail/smtp-mail.js';
import { cardPayments } from './src/adapters/payments/card-payments.js';
import { harbourPayments } from './src/adapters/payments/harbour-payments.js';

/** What the desk opens with in the morning. */
export default defineConfig({
  selections: {
    adapter: { bookings: 'memory', cache: 'map', compression: 'gzip', mail: 'outbox', payments: 'cards' },
  },
  settings: {
    adapter: {
      bookings: { journal: { file: 'data/bookings.jsonl' }, sheet: { lines: 40 } },
      cache: { lru: { entries: 60 } },
      compression: { brotli: { quality: 4 } },
      // Nobody listens there: this one cannot start.
      mail: { smtp: { host: '127.0.0.1', port: 1, from: 'desk@ferries.example' } },
    },
  },
  candidates: [
    ...[memoryBookings, journalBookings, sheetBookings],
    ...[mapCache, boundedCache],
    ...[gzipCompression, brotliCompression],
    ...[outboxMail, smtpMail],
    ...[cardPayments, harbourPayments],
  ],
});
