import { defineCandidate } from '@oneiric/core';

import { type Mailer, MAILER } from './mailer.js';

/** Sends nothing: it prints what would be sent. */
export const consoleMailer = defineCandidate<Mailer>({
  ...MAILER,
  provider: 'console',
  factory: () => ({
    send: async (to, subject, text) => {
      console.log(`mail to ${to}: ${subject}\n${text}`);
    },
  }),
});
