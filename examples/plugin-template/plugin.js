import { definePlugin } from '@oneiric/core';
import { createMemoryCache, memorySettings } from './memory-cache.js';

export default definePlugin({
  name: 'acme-cache',
  candidates: [
    {
      domain: 'adapter',
      key: 'cache',
      provider: 'memory',
      priority: 10,
      capabilities: ['ttl'],
      settings: memorySettings,
      factory: createMemoryCache,
    },
    {
      domain: 'adapter',
      key: 'cache',
      provider: 'folder',
      capabilities: ['durable'],
      // A reference: the module is imported when the first instance is built, and not to decide.
      factory: './folder-cache.js#createFolderCache',
    },
  ],
});
