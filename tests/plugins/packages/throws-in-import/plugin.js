import { definePlugin } from '@oneiric/core';

if (process.env.ACME_S3_BUCKET === undefined) throw new Error('ACME_S3_BUCKET is not set');
const bucket = new URL(process.env.ACME_S3_BUCKET);

export default definePlugin({
  name: 'acme-storage-s3',
  candidates: [
    {
      domain: 'adapter',
      key: 'storage',
      provider: 's3',
      factory: () => ({
        read: async (name) => (await fetch(new URL(name, bucket))).text(),
        write: async (name, body) => void (await fetch(new URL(name, bucket), { method: 'PUT', body })),
      }),
    },
  ],
});
