import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { type Payments, PAYMENTS } from './payments.js';

const settings = z.strictObject({ url: z.url(), key: z.string() });
const receipt = z.object({ number: z.string() });

export const gateway = defineCandidate<Payments, z.infer<typeof settings>>({
  ...PAYMENTS,
  provider: 'gateway',
  capabilities: ['real-money'],
  settings,
  factory: ({ settings: { url, key } }) => ({
    charge: async (order, cents) => {
      const response = await fetch(new URL('charges', url), {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ order, cents }),
      });
      if (!response.ok) throw new Error(`The gateway answered ${String(response.status)}.`);
      return receipt.parse(await response.json()).number;
    },
  }),
});
