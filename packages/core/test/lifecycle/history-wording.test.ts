import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import { describe, expect, it } from '@jest/globals';

import type { CandidateInput } from '../../src/decision/candidate.js';
import { tellCause, tellDecision } from '../../src/lifecycle/history-wording.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';

const file = join(import.meta.dirname, '../../schemas/explanation.schema.json');
const schema = JSON.parse(readFileSync(file, 'utf8')) as AnySchemaObject;
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
ajv.addSchema(schema);
const validate = ajv.compile({ $ref: 'urn:oneiric:schema:explanation:1#/properties/history' });

const cache = (provider: string, more: Partial<CandidateInput> = {}): CandidateInput => ({
  domain: 'adapter',
  key: 'cache',
  provider,
  factory: () => ({}),
  ...more,
});
const plugin = { kind: 'plugin', id: '@acme/redis', package: '@acme/redis', version: '2.1.0' } as const;

type Act = (registry: CandidateRegistry) => Promise<unknown>;
const winner = (registry: CandidateRegistry) => registry.require('adapter', 'cache');

describe('the last decision', () => {
  it.each<readonly [string, Act, Act, decision: string, ...causes: string[]]>([
    [
      'a plugin offers another one',
      (registry) => registry.registerCandidate(cache('memory')),
      (registry) => registry.registerCandidate(cache('redis', { priority: 5, source: plugin })),
      'redis wins instead of memory, decided at priority',
      'redis was registered (plugin @acme/redis 2.1.0)',
    ],
    [
      'the same provider is registered again',
      (registry) => registry.registerCandidate(cache('memory')),
      (registry) => registry.registerCandidate(cache('memory', { version: '2.0.0' })),
      'memory wins, another one than before, decided at registration (TIE)',
      'memory 2.0.0 was registered in code',
    ],
    [
      'a source offers it anew',
      (registry) => registry.registerAll([cache('redis', { priority: 5, source: plugin }), cache('memory')]),
      (registry) => registry.registerCandidate(cache('redis', { priority: -5, source: plugin })),
      'memory wins instead of redis, decided at priority',
      'redis changed: priority 5 → -5',
    ],
    [
      'all of it is taken away',
      (registry) => registry.replaceSource(plugin, [cache('redis')]),
      (registry) => registry.replaceSource(plugin, []),
      'nothing wins instead of redis',
      'redis was taken away',
    ],
    [
      'somebody selects another one',
      (registry) => registry.registerAll([cache('redis', { priority: 5 }), cache('memory')]),
      (registry) => registry.select('adapter', 'cache', { provider: 'memory', policy: 'prefer' }),
      'memory wins instead of redis, decided at selection',
      'the selection prefers memory (set in code)',
    ],
    [
      'somebody selects another one than before',
      async (registry) => {
        await registry.registerAll([cache('redis'), cache('memory')]);
        await registry.select('adapter', 'cache', 'redis');
      },
      (registry) => registry.select('adapter', 'cache', 'memory'),
      'memory wins instead of redis, decided at selection',
      'the selection pins memory (set in code); it pins redis before',
    ],
    [
      'a selection is taken back',
      async (registry) => {
        await registry.registerAll([cache('redis', { priority: 5 }), cache('memory')]);
        await registry.select('adapter', 'cache', 'memory');
      },
      (registry) => registry.clearSelection('adapter', 'cache'),
      'redis wins instead of memory, decided at priority',
      'the selection of memory was taken back',
    ],
    [
      'the winner is marked, with what looks like a secret',
      (registry) => registry.registerAll([cache('redis', { priority: 5 }), cache('memory')]),
      (registry) => registry.mark(winner(registry), 'UNHEALTHY', 'redis://me:hunter2@host is gone'),
      'memory wins instead of redis',
      expect.stringMatching(/^redis is unhealthy: redis:\/\/(?!.*hunter2).* is gone$/) as unknown as string,
    ],
    [
      'the winner is paused',
      async (registry) => {
        await registry.registerAll([cache('redis', { priority: 5 }), cache('memory')]);
      },
      (registry) => registry.mark(winner(registry), 'PAUSED', { by: 'lifecycle', reason: 'maintenance' }),
      'memory wins instead of redis',
      'redis is paused: by lifecycle, reason maintenance',
    ],
    [
      'a mark is taken away',
      async (registry) => {
        await registry.registerAll([cache('redis', { priority: 5 }), cache('memory')]);
        await registry.mark(winner(registry), 'DISABLED', 'for a while');
      },
      (registry) => {
        const redis = registry.explain('adapter', 'cache').question.facts.candidates;
        return registry.mark(
          redis.find(({ provider }) => provider === 'redis')!,
          'DISABLED',
          null,
        );
      },
      'redis wins instead of memory, decided at priority',
      'redis is enabled again',
    ],
    [
      'what it requires is taken away',
      async (registry) => {
        await registry.registerAll([cache('memory'), cache('redis', { priority: 5, requires: ['network'] })]);
        await registry.replaceSource(plugin, [cache('wired', { key: 'network' })]);
      },
      (registry) => registry.replaceSource(plugin, []),
      'memory wins instead of redis',
      'adapter/network: wired was taken away',
    ],
    [
      'the stack order is another',
      (registry) => registry.registerAll([cache('redis', { source: plugin }), cache('memory')]),
      (registry) => registry.setRankingDefaults({ stackOrder: { '@acme/redis': 20 } }),
      'redis wins instead of memory, decided at priority',
      'redis changed: priority 0 → 20',
      'the stack order or the default priority changed',
    ],
  ])('is told where %s', async (_, before, act, decision, ...causes) => {
    const registry = new CandidateRegistry();
    await using lifecycle = new LifecycleManager(registry);
    await before(registry);
    await act(registry);
    const { history = [] } = lifecycle.report('adapter', 'cache');
    const [last] = history;
    expect(last && tellDecision(last)).toBe(decision);
    expect(last?.cause.map((change) => tellCause(change, 'adapter/cache'))).toEqual(causes);
    expect([validate(JSON.parse(JSON.stringify(history))), validate.errors]).toEqual([true, null]);
  });
});
