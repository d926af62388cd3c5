import { definePlugin } from '@oneiric/core';

export default definePlugin({
  name: 'codec-json',
  candidates: [
    {
      domain: 'service',
      key: 'codec',
      provider: 'json-indented',
      factory: () => ({ encode: (value) => JSON.stringify(value, null, 2), decode: JSON.parse }),
    },
  ],
});
