export interface Mailer {
  send(to: string, subject: string, text: string): Promise<void>;
}

export const MAILER = { domain: 'adapter', key: 'mailer' } as const;
