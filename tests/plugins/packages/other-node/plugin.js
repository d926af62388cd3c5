import { definePlugin } from '@oneiric/core';

const { DatabaseSync } = process.getBuiltinModule('node:a-store-of-node-99');

export default definePlugin({
  name: 'acme-sqlite',
  candidates: [
    { domain: 'adapter', key: 'store', provider: 'sqlite', factory: () => new DatabaseSync(':memory:') },
  ],
});
