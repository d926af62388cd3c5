import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CandidateRegistry, LifecycleManager } from '@oneiric/core';
import { pluginContract } from '@oneiric/core/plugin-contract';
import plugin from './plugin.js';

describe('the contract of a plugin', () => {
  const settings = { adapter: { cache: { memory: { limit: 100 } } } };
  for (const { name, run } of pluginContract({ folder: import.meta.dirname, settings })) test(name, run);
});

describe('the cache in memory', () => {
  test('forgets what was written first when it is full', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll(plugin.candidates);
    const lifecycle = new LifecycleManager(registry, { settings: () => ({ limit: 2 }) });
    const cache = await lifecycle.activate('adapter', 'cache');
    for (const name of ['a', 'b', 'c']) await cache.set(name, name.toUpperCase());
    assert.deepEqual(await Promise.all(['a', 'b', 'c'].map((name) => cache.get(name))), [
      undefined,
      'B',
      'C',
    ]);
    await lifecycle.close();
  });
});
