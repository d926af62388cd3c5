import { readFileSync } from 'node:fs';
import { definePlugin } from '@oneiric/core';

const table = readFileSync(new URL('./rates.csv', import.meta.url), 'utf8')
  .trim()
  .split('\n');

export default definePlugin({
  name: 'acme-rates',
  setup({ register }) {
    for (const [at, line] of table.entries()) {
      const [currency, rate] = line.split(',');
      if (!(Number(rate) > 0)) throw new Error(`rates.csv, line ${at + 1}: ${currency} has no rate`);
      register({
        domain: 'service',
        key: 'rates',
        provider: currency,
        factory: () => ({ convert: (amount) => amount * Number(rate) }),
      });
    }
  },
});
