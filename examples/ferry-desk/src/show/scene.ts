import type { Oneiric, SwapReport } from '@oneiric/core';

import { BOOKINGS } from '../adapters/bookings/bookings.js';
import { CACHE } from '../adapters/cache/cache.js';
import { COMPRESSION } from '../adapters/compression/compression.js';
import { MAIL } from '../adapters/mail/mail.js';
import { PAYMENTS } from '../adapters/payments/payments.js';

/** One swap of the demonstration. */
export interface Scene {
  /** The part of the load that is done when it begins, 0…1. */
  readonly at: number;
  readonly title: string;
  readonly expected: 'swapped' | 'refused';
  readonly run: (oneiric: Oneiric) => Promise<SwapReport>;
}

/** A changed decision is followed: nobody calls `swap`. */
function followed({ registry, lifecycle }: Oneiric): Promise<SwapReport> {
  return new Promise((resolve, reject) => {
    const listening = lifecycle.on('swapped', (report) => {
      if (report.key !== CACHE.key) return;
      listening[Symbol.dispose]();
      resolve(report);
    });
    registry.select(CACHE.domain, CACHE.key, 'lru').catch(reject);
  });
}

export const scenes: readonly Scene[] = [
  { at: 0.15, title: 'the cache, because the selection changes', expected: 'swapped', run: followed },
  {
    at: 0.3,
    title: 'the mail, to a server that is not there',
    expected: 'refused',
    run: ({ lifecycle }) => lifecycle.swap(MAIL, { provider: 'smtp' }),
  },
  {
    at: 0.45,
    title: 'the bookings, from memory to a journal',
    expected: 'swapped',
    run: ({ lifecycle }) => lifecycle.swap(BOOKINGS, { provider: 'journal' }),
  },
  {
    at: 0.6,
    title: 'the bookings, to a sheet that is too small',
    expected: 'refused',
    run: ({ lifecycle }) => lifecycle.swap(BOOKINGS, { provider: 'sheet' }),
  },
  {
    at: 0.75,
    title: 'the compression, in the middle of manifests',
    expected: 'swapped',
    run: ({ lifecycle }) => lifecycle.swap(COMPRESSION, { provider: 'brotli' }),
  },
  {
    at: 0.85,
    title: 'the payments, while some are under way',
    expected: 'swapped',
    run: ({ lifecycle }) => lifecycle.swap(PAYMENTS, { provider: 'harbour' }),
  },
];
