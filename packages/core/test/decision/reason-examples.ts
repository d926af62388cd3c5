import type { FilterCode } from '../../src/decision/finding.js';
import type { RankRuleName } from '../../src/decision/rank-rules.js';
import type { Setting } from './a-question.js';

const redis = { provider: 'redis', priority: 50, capabilities: ['kv', 'ttl'] };
const memory = { provider: 'memory', priority: 10, capabilities: ['kv'] };

const marked = (code: FilterCode, detail: string): Setting => ({
  offers: [{ ...redis, marks: { [code]: detail } }, memory],
});

/** A decision for each code and rule in which it plays its part; the reference pages show them. */
export const REASON_EXAMPLES: Readonly<Record<FilterCode | RankRuleName, Setting>> = {
  PROVIDER_NOT_REQUESTED: { offers: [redis, memory], request: { provider: 'memory' } },
  CAPABILITY_MISSING: { offers: [redis, memory], request: { capabilities: ['kv', 'ttl'] } },
  PLATFORM_UNSUPPORTED: {
    offers: [{ ...redis, platform: { os: ['darwin', 'win32'], node: '>=22' } }, memory],
  },
  REQUIREMENT_MISSING: {
    offers: [{ ...redis, requires: [{ domain: 'service', key: 'secrets', capabilities: ['read'] }] }, memory],
    others: {
      'service/secrets': [
        { provider: 'vault', capabilities: ['read'], marks: { UNHEALTHY: 'sealed' } },
        { provider: 'environment' },
      ],
    },
  },
  CONFLICT: { offers: [{ ...redis, conflictsWith: ['memory'] }, memory] },
  DISABLED: marked('DISABLED', 'during the migration'),
  PAUSED: marked('PAUSED', 'nightly maintenance'),
  UNHEALTHY: marked('UNHEALTHY', '3 checks in a row failed: connect ECONNREFUSED 10.0.0.1:6379'),
  EXPIRED: marked('EXPIRED', 'the manifest was valid until version 41'),
  LOAD_FAILED: marked('LOAD_FAILED', 'Cannot find package "ioredis"'),
  NOT_TRUSTED: marked('NOT_TRUSTED', '1 of 2 signatures'),
  selection: { offers: [redis, memory], selection: 'memory' },
  capability: {
    offers: [redis, { ...memory, priority: 90 }],
    request: { capabilities: ['kv', 'ttl'], requireAll: false },
  },
  priority: { offers: [redis, memory] },
  stackLevel: {
    offers: [
      { ...memory, provider: 'base' },
      { ...memory, provider: 'override', stackLevel: 1 },
    ],
  },
  registration: { offers: [memory, { ...memory, provider: 'disk' }] },
};
