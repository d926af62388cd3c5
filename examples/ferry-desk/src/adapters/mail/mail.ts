import { defineKey } from '@oneiric/core';

export interface Mail {
  send(to: string, subject: string, text: string): Promise<void>;
}

export const MAIL = defineKey<Mail>('adapter', 'mail');
