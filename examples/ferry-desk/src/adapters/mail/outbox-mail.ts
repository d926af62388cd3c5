import { defineCandidate } from '@oneiric/core';

import { Adapter } from '../adapter.js';
import { type Mail, MAIL } from './mail.js';

/** Simulated: it counts the letters and sends none. */
export class OutboxMail extends Adapter implements Mail {
  static letters = 0;

  constructor() {
    super('outbox');
  }

  async send(): Promise<void> {
    this.assertOpen();
    OutboxMail.letters++;
  }
}

export const outboxMail = defineCandidate<Mail>({
  ...MAIL,
  provider: 'outbox',
  factory: () => new OutboxMail(),
});
