import { randomUUID } from 'node:crypto';

import { defineCandidate } from '@oneiric/core';

import { type Payments, PAYMENTS } from './payments.js';

/** Simulated: nobody pays. */
export const sandbox = defineCandidate<Payments>({
  ...PAYMENTS,
  provider: 'sandbox',
  factory: () => ({ charge: async () => `simulated-${randomUUID()}` }),
});
