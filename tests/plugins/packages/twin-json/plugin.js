import { definePlugin } from '@oneiric/core';

export default definePlugin({
  name: 'codec-json',
  candidates: [
    {
      domain: 'service',
      key: 'codec',
      provider: 'json',
      factory: () => ({ encode: (value) => `${JSON.stringify(value)}\n`, decode: JSON.parse }),
    },
  ],
});
