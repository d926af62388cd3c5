/** A configuration with everything that one may have, in each form; the fuzz test starts from these. */
const DOCUMENT = {
  $schema: './schema.json',
  selections: { adapter: { cache: 'redis', queue: { provider: 'bull', policy: 'prefer' } } },
  stackOrder: { '@acme/redis': 20, 'lru-cache': -5 },
  defaultPriority: 3,
  candidates: [
    { domain: 'adapter', key: 'cache', provider: 'redis', priority: 50, factory: '@acme/redis/cache#create' },
    {
      domain: 'adapter',
      key: 'cache',
      provider: 'memory',
      stackLevel: 1,
      capabilities: ['kv', 'ttl'],
      version: '1.0.0',
      factory: './src/memory.js#create',
      inject: { clock: 'service/clock' },
      requires: ['service/clock', { domain: 'adapter', key: 'queue', capabilities: ['fifo'] }],
      conflictsWith: ['redis'],
      platform: { os: ['linux'], node: '>=20' },
      metadata: { team: 'core', list: [1, null, { a: true }] },
    },
  ],
  settings: { adapter: { cache: { redis: { url: 'env:SECRET', pool: { max: 3 }, key: 'file:none' } } } },
  environments: {
    production: {
      selections: { adapter: { cache: 'memory' } },
      stackOrder: ['a', 'b'],
      settings: { adapter: { cache: { redis: { pool: { max: 50 } } } } },
    },
    staging: {},
  },
};

const YAML = `# what a project writes
selections: &pins
  adapter:
    cache: redis
    queue: { provider: bull, policy: prefer }
stackOrder:
  '@acme/redis': 20
  lru-cache: -5
defaultPriority: 3
candidates:
  - domain: adapter
    key: cache
    provider: redis
    priority: 50
    factory: '@acme/redis/cache#create'
  - { domain: adapter, key: cache, provider: memory, factory: './src/memory.js#create', capabilities: [kv, ttl],
      requires: [service/clock, { domain: adapter, key: queue }], platform: { os: [linux], node: '>=20' },
      metadata: { list: [1, ~, 'x'] } }
settings:
  adapter:
    cache:
      redis: { url: 'env:SECRET', pool: { max: 3 }, key: 'file:none' }
environments:
  production:
    selections: *pins
    stackOrder: [a, b]
  staging: {}
`;

const TYPESCRIPT = `import { defineCandidate, defineConfig } from '@oneiric/core';
import { make } from './make.ts';

interface Options { readonly size: number }
const options: Options = { size: Number('3') };
const cache = (provider: string) => ({ domain: 'adapter', key: 'cache', provider, factory: make });
const schema = {
  '~standard': {
    version: 1 as const,
    vendor: 'own',
    validate: (value: unknown) =>
      typeof value === 'object' ? { value } : { issues: [{ message: \`no map: \${String(value)}\`, path: ['url'] }] },
  },
};

export default defineConfig({
  selections: { adapter: { cache: 'redis' } },
  stackOrder: ['a', 'b'],
  defaultPriority: options.size,
  candidates: [
    defineCandidate({ ...cache('redis'), priority: 50, settings: schema, health: () => true }),
    { ...cache('memory'), capabilities: ['kv'], get metadata() { return { at: 'x' }; } },
  ],
  settings: { adapter: { cache: { redis: { url: 'env:SECRET', pool: { max: 3 } } } } },
  environments: { production: { defaultPriority: 5 } },
});
`;

export const ORIGINALS: Readonly<Record<'yaml' | 'json' | 'ts', string>> = {
  yaml: YAML,
  json: JSON.stringify(DOCUMENT, undefined, 2),
  ts: TYPESCRIPT,
};
