import { definePlugin } from '@oneiric/core';

let seconds = 0;
setInterval(() => (seconds += 1), 1_000);

export default definePlugin({
  name: 'acme-uptime',
  candidates: [
    { domain: 'service', key: 'uptime', provider: 'counter', factory: () => ({ seconds: () => seconds }) },
  ],
});
