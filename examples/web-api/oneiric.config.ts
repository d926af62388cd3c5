import { defineConfig } from '@oneiric/core';

import { memoryCache } from './src/cache/memory.js';
import { redisCache } from './src/cache/redis.js';
import { postgres, postgresReplica } from './src/database/postgres.js';
import { htmlInvoice } from './src/invoice/html.js';
import { textInvoice } from './src/invoice/text.js';
import { consoleLogger } from './src/logger/console.js';
import { pinoLogger } from './src/logger/pino.js';
import { consoleMailer } from './src/mailer/console.js';
import { smtp } from './src/mailer/smtp.js';
import { gateway } from './src/payments/gateway.js';
import { sandbox } from './src/payments/sandbox.js';
import { memoryQueue } from './src/queue/memory.js';
import { redisQueue } from './src/queue/redis.js';
import { fulltext } from './src/search/fulltext.js';
import { scan } from './src/search/scan.js';
import { cachedSessions } from './src/sessions/cached.js';
import { signedSessions } from './src/sessions/signed.js';
import { bucket } from './src/storage/bucket.js';
import { disk } from './src/storage/disk.js';

/** What runs on a laptop; staging and production say below what is different there. */
export default defineConfig({
  selections: {
    adapter: { cache: 'memory', queue: 'memory', mailer: 'console', storage: 'disk' },
    service: { sessions: 'signed', payments: 'sandbox' },
    task: { invoice: 'html' },
  },
  stackOrder: { pino: 10 },
  settings: {
    adapter: { database: { postgres: { url: 'env:DATABASE_URL' } } },
    service: { sessions: { signed: { key: 'env:SESSION_KEY' } } },
  },
  candidates: [
    ...[memoryCache, redisCache],
    ...[postgres, postgresReplica],
    ...[memoryQueue, redisQueue],
    ...[consoleMailer, smtp],
    ...[disk, bucket],
    ...[consoleLogger, pinoLogger],
    ...[scan, fulltext],
    ...[signedSessions, cachedSessions],
    ...[sandbox, gateway],
    ...[textInvoice, htmlInvoice],
  ],
  environments: {
    staging: {
      selections: {
        adapter: { cache: 'redis', queue: 'redis', storage: 'bucket' },
        service: { sessions: 'cached' },
      },
      settings: {
        adapter: {
          cache: { redis: { url: 'env:REDIS_URL' } },
          queue: { redis: { url: 'env:REDIS_URL' } },
          storage: { bucket: { url: 'https://files.staging.example', token: 'env:BUCKET_TOKEN' } },
        },
      },
    },
    production: {
      selections: {
        // Where Redis is not there, the memory of each instance will do.
        adapter: {
          cache: { provider: 'redis', policy: 'prefer' },
          queue: 'redis',
          mailer: 'smtp',
          storage: 'bucket',
        },
        service: { sessions: 'cached', payments: 'gateway' },
      },
      settings: {
        adapter: {
          cache: { redis: { url: 'env:REDIS_URL' } },
          queue: { redis: { url: 'env:REDIS_URL' } },
          mailer: {
            smtp: { host: 'smtp.example', from: 'orders@shop.example', password: 'env:SMTP_PASSWORD' },
          },
          storage: { bucket: { url: 'https://files.example', token: 'env:BUCKET_TOKEN' } },
          database: { postgres: { connections: 40 } },
        },
        service: { payments: { gateway: { url: 'https://pay.example', key: 'env:PAYMENT_KEY' } } },
      },
    },
  },
});
