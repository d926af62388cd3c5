import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { type Storage, STORAGE } from './storage.js';

const settings = z.strictObject({ url: z.url(), token: z.string() });

/** A bucket that is written and read over HTTP. */
export const bucket = defineCandidate<Storage, z.infer<typeof settings>>({
  ...STORAGE,
  provider: 'bucket',
  capabilities: ['shared'],
  settings,
  factory: ({ settings: { url, token } }) => {
    const call = async (path: string, init: RequestInit): Promise<Response> => {
      const response = await fetch(new URL(path, url), {
        ...init,
        headers: { authorization: `Bearer ${token}` },
      });
      if (!response.ok) throw new Error(`The bucket answered ${String(response.status)} for ${path}.`);
      return response;
    };
    return {
      put: async (path, bytes) => {
        await call(path, { method: 'PUT', body: new Uint8Array(bytes) });
      },
      get: async (path) => new Uint8Array(await (await call(path, {})).arrayBuffer()),
    };
  },
});
