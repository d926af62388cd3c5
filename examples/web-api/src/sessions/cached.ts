import { randomUUID } from 'node:crypto';

import { defineCandidate, type LiveHandle } from '@oneiric/core';

import type { Cache } from '../cache/cache.js';
import { type Sessions, SESSIONS } from './sessions.js';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Keeps sessions in the cache, where they can be revoked; only a shared one serves all instances. */
export const cachedSessions = defineCandidate<Sessions>({
  ...SESSIONS,
  provider: 'cached',
  priority: 10,
  capabilities: ['revocable'],
  inject: { cache: 'adapter/cache' },
  requires: [{ domain: 'adapter', key: 'cache', capabilities: ['shared'] }],
  factory: ({ inject }) => {
    const cache = inject['cache'] as LiveHandle<Cache>;
    return {
      open: async (user) => {
        const session = randomUUID();
        await cache.use((each) => each.set(session, user, DAY_MS));
        return session;
      },
      userOf: (session) => cache.use((each) => each.get(session)),
    };
  },
});
