import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { npmPackage } from '../npm-package.js';
import { type Queue, QUEUE } from './queue.js';

const settings = z.strictObject({ url: z.url({ protocol: /^rediss?$/ }), list: z.string().default('jobs') });

export const redisQueue = defineCandidate<Queue & AsyncDisposable, z.infer<typeof settings>>({
  ...QUEUE,
  provider: 'redis',
  source: npmPackage('redis'),
  capabilities: ['durable', 'shared'],
  settings,
  factory: async ({ settings: { url, list } }) => {
    const { createClient } = await import('redis');
    const client = createClient({ url });
    await client.connect();
    return {
      push: async (job) => {
        await client.lPush(list, job);
      },
      pop: async () => (await client.rPop(list)) ?? undefined,
      [Symbol.asyncDispose]: async () => {
        await client.close();
      },
    };
  },
});
