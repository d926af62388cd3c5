import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { offer } from '../registry/harness/offer.js';

const CACHE = ['adapter', 'cache'] as const;

async function running() {
  const registry = new CandidateRegistry();
  await registry.registerCandidate(offer({ provider: 'memory' }));
  const lifecycle = new LifecycleManager(registry);
  await lifecycle.activate(...CACHE);
  return { registry, lifecycle };
}

describe('inside a transaction of the registry', () => {
  it.each([
    ['activate', (lifecycle: LifecycleManager) => lifecycle.activate('adapter', 'other')],
    ['swap', (lifecycle: LifecycleManager) => lifecycle.swap(...CACHE)],
    ['rollback', (lifecycle: LifecycleManager) => lifecycle.rollback(...CACHE)],
    ['pause', (lifecycle: LifecycleManager) => lifecycle.pause(...CACHE)],
    ['deactivate', (lifecycle: LifecycleManager) => lifecycle.deactivate(...CACHE)],
  ])('%s is refused, and nothing is done', async (_name, call) => {
    const { registry, lifecycle } = await running();
    const inside = registry.transaction(() => call(lifecycle));
    await expect(inside).rejects.toMatchObject({ code: 'ONEIRIC_LIFECYCLE_IN_TRANSACTION' });
    expect(lifecycle.status(...CACHE).state).toBe('ready');
    await lifecycle.close();
  });

  it('a live handle serves what runs, and a transaction that is undone swaps nothing', async () => {
    const { registry, lifecycle } = await running();
    const before = lifecycle.live(...CACHE).peek();
    const undone = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'redis', priority: 9 }));
      expect(await lifecycle.live(...CACHE).use((cache) => cache)).toBe(before);
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await lifecycle.close();
    expect(lifecycle.status(...CACHE).swaps).toBe(0);
  });

  it('what is committed is followed afterwards', async () => {
    const { registry, lifecycle } = await running();
    const swapped = new Promise((resolve) => lifecycle.on('swapped', resolve));
    await registry.transaction((tx) => tx.registerCandidate(offer({ provider: 'redis', priority: 9 })));
    await expect(swapped).resolves.toMatchObject({ to: { provider: 'redis' } });
    await lifecycle.close();
  });
});
