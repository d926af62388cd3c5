import { defineCandidate } from '@oneiric/core';
import { z } from 'zod';

import { npmPackage } from '../npm-package.js';
import { type Mailer, MAILER } from './mailer.js';

const settings = z.strictObject({ host: z.string(), password: z.string(), from: z.email() });

export const smtp = defineCandidate<Mailer, z.infer<typeof settings>>({
  ...MAILER,
  provider: 'smtp',
  source: npmPackage('nodemailer'),
  settings,
  factory: async ({ settings: { host, password, from } }) => {
    const { createTransport } = await import('nodemailer');
    const transport = createTransport({ host, auth: { user: from, pass: password } });
    return {
      send: async (to, subject, text) => {
        await transport.sendMail({ from, to, subject, text });
      },
    };
  },
});
