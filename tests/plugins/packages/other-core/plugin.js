import { definePlugin, defineFacets } from '@oneiric/core';

export default definePlugin({
  name: 'acme-search',
  facets: defineFacets(['title']),
  candidates: [{ domain: 'service', key: 'search', provider: 'trigram', factory: () => new Map() }],
});
