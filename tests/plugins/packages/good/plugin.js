import { definePlugin } from '@oneiric/core';
import { LruCache } from './lru.js';

export default definePlugin({
  name: 'acme-cache',
  candidates: [
    {
      domain: 'adapter',
      key: 'cache',
      provider: 'disk',
      priority: 10,
      capabilities: ['kv', 'durable'],
      factory: './disk.js#create',
    },
  ],
  setup({ register }) {
    const caches = new Set();
    register({
      domain: 'adapter',
      key: 'cache',
      provider: 'lru',
      priority: 20,
      capabilities: ['kv', 'ttl'],
      factory() {
        const cache = new LruCache(1_000, () => caches.delete(cache));
        caches.add(cache);
        return cache;
      },
    });
    const sweeper = setInterval(() => caches.forEach((cache) => cache.sweep()), 10_000);
    return () => clearInterval(sweeper);
  },
});
