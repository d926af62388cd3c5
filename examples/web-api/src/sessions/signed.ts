import { createHmac, timingSafeEqual } from 'node:crypto';

import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { type Sessions, SESSIONS } from './sessions.js';

const settings = z.strictObject({ key: z.string().min(32) });

/** Keeps nothing: the session names the user and is signed. It cannot be revoked. */
export const signedSessions = defineCandidate<Sessions, z.infer<typeof settings>>({
  ...SESSIONS,
  provider: 'signed',
  settings,
  factory: ({ settings: { key } }) => {
    const sign = (user: string): string => createHmac('sha256', key).update(user).digest('base64url');
    return {
      open: async (user) => `${user}.${sign(user)}`,
      userOf: async (session) => {
        const end = session.lastIndexOf('.');
        const user = session.slice(0, Math.max(end, 0));
        const [given, expected] = [Buffer.from(session.slice(end + 1)), Buffer.from(sign(user))];
        return given.length === expected.length && timingSafeEqual(given, expected) ? user : undefined;
      },
    };
  },
});
