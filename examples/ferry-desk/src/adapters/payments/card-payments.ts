import { defineCandidate } from '@oneiric/core';

import { type Payments, PAYMENTS } from './payments.js';
import { Till } from './till.js';

/** Simulated, as every till here is. */
export const cardPayments = defineCandidate<Payments>({
  ...PAYMENTS,
  provider: 'cards',
  factory: () => new Till('card payments', 'card', 8),
});
