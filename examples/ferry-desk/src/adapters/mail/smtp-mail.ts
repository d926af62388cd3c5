import { defineCandidate } from '@oneiric/core';
import { createTransport } from 'nodemailer';
import { z } from 'zod';

import { Adapter } from '../adapter.js';
import { type Mail, MAIL } from './mail.js';

const settings = z.strictObject({ host: z.string(), port: z.number().int(), from: z.string() });
type Settings = z.infer<typeof settings>;

/** Real: it needs a mail server, and does not start without one. */
class SmtpMail extends Adapter implements Mail {
  readonly #transport;
  readonly #from: string;

  private constructor(transport: ReturnType<typeof createTransport>, from: string) {
    super('smtp');
    this.#transport = transport;
    this.#from = from;
  }

  static async connect({ host, port, from }: Settings): Promise<SmtpMail> {
    const transport = createTransport({ host, port, pool: true });
    try {
      await transport.verify();
    } catch (error) {
      transport.close();
      throw error;
    }
    return new SmtpMail(transport, from);
  }

  async send(to: string, subject: string, text: string): Promise<void> {
    this.assertOpen();
    await this.#transport.sendMail({ from: this.#from, to, subject, text });
  }

  protected override async close(): Promise<void> {
    this.#transport.close();
  }
}

export const smtpMail = defineCandidate<Mail, Settings>({
  ...MAIL,
  provider: 'smtp',
  settings,
  factory: (context) => SmtpMail.connect(context.settings),
});
