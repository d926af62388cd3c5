export interface Invoice {
  render(order: string, cents: number): string;
}

export const INVOICE = { domain: 'task', key: 'invoice' } as const;
