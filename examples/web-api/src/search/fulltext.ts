import { defineCandidate, type LiveHandle } from '@oneiric/core';

import type { Database } from '../database/database.js';
import { NEEDS_DATABASE, type Search, SEARCH } from './search.js';

const QUERY = 'select number from orders where words @@ plainto_tsquery($1)';

/** Leaves it to the database, so it needs one that can. */
export const fulltext = defineCandidate<Search>({
  ...SEARCH,
  provider: 'fulltext',
  priority: 10,
  inject: NEEDS_DATABASE,
  requires: [{ domain: 'adapter', key: 'database', capabilities: ['fulltext'] }],
  factory: ({ inject }) => {
    const database = inject['database'] as LiveHandle<Database>;
    return {
      find: async (words) => {
        const orders = await database.use((each) => each.query(QUERY, [words.join(' ')]));
        return orders.map(({ number }) => String(number));
      },
    };
  },
});
