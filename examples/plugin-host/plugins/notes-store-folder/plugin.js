import { definePlugin } from '@oneiric/core';

import { createStore } from './folder.js';

export default definePlugin({
  name: 'notes-store-folder',
  candidates: [
    {
      domain: 'adapter',
      key: 'store',
      provider: 'folder',
      capabilities: ['durable'],
      priority: 10,
      factory: createStore,
    },
  ],
});
