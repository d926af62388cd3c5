import { definePlugin } from '@oneiric/core';

import { createCounter } from './intl.js';

export default definePlugin({
  name: 'notes-words-intl',
  candidates: [
    {
      domain: 'action',
      key: 'count-words',
      provider: 'intl',
      capabilities: ['cjk'],
      requires: [{ domain: 'adapter', key: 'store', capabilities: ['durable'] }],
      factory: createCounter,
    },
  ],
});
