import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';

async function anApplication() {
  const registry = new CandidateRegistry();
  const lifecycle = new LifecycleManager(registry);
  const offer = (key: string, factory = () => ({})) =>
    registry.registerCandidate({ domain: 'adapter', key, provider: 'memory', factory });
  await offer('cache');
  const listed = () => lifecycle.statuses().map(({ key }) => key);
  return { lifecycle, offer, listed };
}

describe('what is listed as running', () => {
  it('is no key that was only looked at, whether anybody offers it or not', async () => {
    const { lifecycle, listed } = await anApplication();
    for (const key of ['cache', 'typo']) {
      expect(lifecycle.status('adapter', key)).toMatchObject({ key, state: 'registered', running: null });
      expect(lifecycle.report('adapter', key)).toMatchObject({ running: { key, running: null } });
    }
    expect(lifecycle.plan('adapter', 'cache')).toMatchObject({ to: { provider: 'memory' } });
    expect(await lifecycle.swap('adapter', 'cache', { dryRun: true })).toMatchObject({ outcome: 'planned' });
    expect(listed()).toEqual([]);
  });

  it('is no key that was asked for in vain, until somebody offers it and it is started', async () => {
    const { lifecycle, offer, listed } = await anApplication();
    await expect(lifecycle.swap('adapter', 'queue')).rejects.toMatchObject({
      code: 'ONEIRIC_RESOLUTION_NONE',
    });
    expect(listed()).toEqual([]);
    await offer('queue');
    await lifecycle.activate('adapter', 'queue');
    expect(listed()).toEqual(['queue']);
  });

  it('is a key that somebody holds a live handle to, before it is ever started', async () => {
    const { lifecycle, listed } = await anApplication();
    lifecycle.live('adapter', 'typo');
    expect(listed()).toEqual(['typo']);
  });

  it('is a key whose start failed, and one that was stopped', async () => {
    const { lifecycle, offer, listed } = await anApplication();
    await offer('queue', () => {
      throw new Error('no queue');
    });
    await expect(lifecycle.activate('adapter', 'queue')).rejects.toThrow('no queue');
    await lifecycle.activate('adapter', 'cache');
    await lifecycle.deactivate('adapter', 'cache');
    expect(listed()).toEqual(['cache', 'queue']);
  });
});
