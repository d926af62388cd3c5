import { defineCandidate } from '@oneiric/core';

import { type Invoice, INVOICE } from './invoice.js';

export const textInvoice = defineCandidate<Invoice>({
  ...INVOICE,
  provider: 'text',
  capabilities: ['plain'],
  factory: () => ({ render: (order, cents) => `Order ${order}: ${(cents / 100).toFixed(2)}` }),
});
