import { definePlugin } from '@oneiric/core';

const seats = await new Promise(() => undefined);

export default definePlugin({
  name: 'acme-license',
  candidates: [{ domain: 'service', key: 'license', provider: 'server', factory: () => ({ seats }) }],
});
