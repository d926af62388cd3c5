import { defineCandidate } from '@oneiric/core';

import { type Payments, PAYMENTS } from './payments.js';
import { Till } from './till.js';

/** Simulated, too; the harbour's own till is quicker. */
export const harbourPayments = defineCandidate<Payments>({
  ...PAYMENTS,
  provider: 'harbour',
  factory: () => new Till('the harbour till', 'harbour', 3),
});
