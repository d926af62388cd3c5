import { definePlugin } from '@oneiric/core';

console.log('acme-codec-text: loading');

export default definePlugin({
  name: 'acme-codec-text',
  setup({ register }) {
    process.stdout.write('{ "ready": true }\n');
    register({
      domain: 'service',
      key: 'codec',
      provider: 'text',
      priority: -10,
      factory: () => ({ encode: String, decode: (text) => text }),
    });
  },
});
