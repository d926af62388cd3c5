import { defineCandidate, type LiveHandle } from '@oneiric/core';

import type { Database } from '../database/database.js';
import { NEEDS_DATABASE, type Search, SEARCH } from './search.js';

/** Reads every order: fine for a laptop. */
export const scan = defineCandidate<Search>({
  ...SEARCH,
  provider: 'scan',
  inject: NEEDS_DATABASE,
  requires: [{ domain: 'adapter', key: 'database', capabilities: ['sql'] }],
  factory: ({ inject }) => {
    const database = inject['database'] as LiveHandle<Database>;
    return {
      find: async (words) => {
        const orders = await database.use((each) => each.query('select number, text from orders', []));
        return orders
          .filter(({ text }) => words.every((word) => String(text).includes(word)))
          .map(({ number }) => String(number));
      },
    };
  },
});
