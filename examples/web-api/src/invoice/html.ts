import { defineCandidate } from '@oneiric/core';

import { type Invoice, INVOICE } from './invoice.js';

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export const htmlInvoice = defineCandidate<Invoice>({
  ...INVOICE,
  provider: 'html',
  capabilities: ['styled'],
  factory: () => ({
    render: (order, cents) => `<p>Order ${escape(order)}: <b>${(cents / 100).toFixed(2)}</b></p>`,
  }),
});
