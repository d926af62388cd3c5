import type { Change } from '../../src/decision/changes.js';
import type { Setting } from './a-question.js';

const selected = (provider: string, policy: 'pin' | 'prefer' = 'pin') => ({
  provider,
  policy,
  origin: {
    kind: 'config',
    file: 'oneiric.config.yaml',
    line: 4,
    column: 3,
    path: 'selections.adapter.cache',
  } as const,
});

const redis = {
  provider: 'redis',
  priority: 50,
  capabilities: ['kv', 'ttl'],
  version: '2.1.0',
  source: { kind: 'plugin', id: '@acme/oneiric-redis', package: '@acme/oneiric-redis', version: '2.1.0' },
} as const;
const memory = {
  provider: 'memory',
  priority: 10,
  capabilities: ['kv'],
  source: { kind: 'config', file: 'oneiric.config.ts', line: 12, column: 5 },
} as const;
const disk = { provider: 'disk', capabilities: ['scan'] };

interface Golden {
  readonly setting: Setting;
  readonly changes?: readonly Change[];
  readonly widths?: readonly number[];
  readonly whyNot?: string;
  readonly showRegistration?: boolean;
}

/** Explanations whose text is kept in `golden/`, to be read by people. */
export const GOLDEN: Readonly<Record<string, Golden>> = {
  resolved: {
    setting: { offers: [redis, memory, disk], request: { capabilities: ['kv'] } },
    widths: [40, 80, 200],
  },
  tie: {
    setting: { offers: [disk, memory, { ...memory, provider: 'lru' }, { ...memory, provider: 'lru' }] },
    widths: [40, 80],
  },
  'pinned-to-a-typo': { setting: { offers: [redis, memory], selection: selected('redsi') } },
  'pinned-to-a-filtered-one': {
    setting: {
      offers: [
        { ...redis, marks: { UNHEALTHY: 'connect ECONNREFUSED redis://admin:hunter2@10.0.0.1:6379' } },
        memory,
      ],
      selection: selected('redis'),
    },
  },
  'fallen-back': {
    setting: {
      offers: [{ ...redis, marks: { PAUSED: '' } }, memory, disk],
      selection: selected('redis', 'prefer'),
    },
  },
  'everything-filtered': {
    setting: {
      offers: [
        redis,
        { ...memory, capabilities: ['kv', 'scan'], platform: { os: ['win32'], node: '>=22' } },
        { ...disk, requires: [{ domain: 'service', key: 'secrets' }] },
        { provider: 'edge', capabilities: ['scan'], marks: { DISABLED: 'during the migration' } },
      ],
      request: { capabilities: ['scan'] },
    },
    widths: [40, 80],
  },
  conflicting: { setting: { offers: [{ ...redis, conflictsWith: ['memory'] }, memory, disk] } },
  'nothing-registered': { setting: { offers: [], key: 'cahce', others: { 'adapter/cache': [redis] } } },
  'what-if': {
    setting: { offers: [redis, memory] },
    changes: [{ change: 'priority', provider: 'memory', to: 60 }],
    widths: [40, 80],
  },
  'why-not': {
    setting: { offers: [redis, memory, disk], request: { capabilities: ['kv'] } },
    whyNot: 'disk',
  },
  'why-not-a-typo': { setting: { offers: [redis, memory] }, whyNot: 'memroy' },
  'with-registrations': { setting: { offers: [redis, memory] }, showRegistration: true },
};
