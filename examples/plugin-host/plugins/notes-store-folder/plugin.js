import { createStore } from './folder.js';

export default {
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
};
