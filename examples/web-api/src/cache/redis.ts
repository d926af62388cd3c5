import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { npmPackage } from '../npm-package.js';
import { type Cache, CACHE } from './cache.js';

const settings = z.strictObject({ url: z.url({ protocol: /^rediss?$/ }) });

/** One cache for all instances of the service. */
export const redisCache = defineCandidate<Cache & AsyncDisposable, z.infer<typeof settings>>({
  ...CACHE,
  provider: 'redis',
  source: npmPackage('redis'),
  capabilities: ['ttl', 'shared'],
  settings,
  factory: async ({ settings: { url } }) => {
    const { createClient } = await import('redis');
    const client = createClient({ url });
    await client.connect();
    return {
      get: async (name) => (await client.get(name)) ?? undefined,
      set: async (name, value, ttlMs) => {
        await client.set(name, value, { PX: ttlMs });
      },
      [Symbol.asyncDispose]: async () => {
        await client.close();
      },
    };
  },
});
