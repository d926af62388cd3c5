import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { offer } from '../registry/harness/offer.js';

const CACHE = ['adapter', 'cache'] as const;

async function running() {
  const registry = new CandidateRegistry();
  await registry.registerAll([offer({ provider: 'redis', priority: 9 }), offer({ provider: 'memory' })]);
  const lifecycle = new LifecycleManager(registry);
  await lifecycle.activate(...CACHE);
  return lifecycle;
}

describe('a swap to a named provider', () => {
  it('says that it was asked for, and not why it would win alone', async () => {
    await using lifecycle = await running();
    const { plan } = await lifecycle.swap(...CACHE, { provider: 'memory' });
    expect(plan.because).toBe('memory was asked for by name.');
    expect(lifecycle.plan(...CACHE).because).toBe('redis wins over memory: decided at priority, 9 over 0.');
  });

  it('keeps what runs where that is the one, also while it is paused', async () => {
    await using lifecycle = await running();
    const before = lifecycle.live(...CACHE).peek();
    await lifecycle.pause(...CACHE);
    const report = await lifecycle.swap(...CACHE, { provider: 'redis' });
    expect(report.outcome).toBe('kept');
    expect(lifecycle.status(...CACHE).state).toBe('paused');
    await lifecycle.resume(...CACHE);
    expect(lifecycle.live(...CACHE).peek()).toBe(before);
  });

  it('is refused with the explanation where nobody offers it', async () => {
    await using lifecycle = await running();
    await expect(lifecycle.swap(...CACHE, { provider: 'memori' })).rejects.toMatchObject({
      code: 'ONEIRIC_RESOLUTION_NONE',
    });
  });
});
