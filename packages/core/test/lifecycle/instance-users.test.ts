import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { quiet } from '../concurrency/harness/turns.js';
import { offer, plugin } from '../registry/harness/offer.js';

const CACHE = ['adapter', 'cache'] as const;

class Client {
  closed = 0;

  close(): void {
    this.closed++;
  }
}

describe('an instance that a factory gives again', () => {
  it('goes on serving when its candidate is replaced, and is closed once, at the end', async () => {
    const client = new Client();
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ source: plugin('p'), factory: () => client }));
    const lifecycle = new LifecycleManager(registry);
    await lifecycle.activate(...CACHE);
    await registry.registerCandidate(offer({ source: plugin('p'), factory: () => client }));
    await quiet();
    expect([lifecycle.status(...CACHE).swaps, client.closed]).toEqual([1, 0]);
    await lifecycle.close();
    expect(client.closed).toBe(1);
  });

  it('is not closed under the one that runs, where the other that gives it is not well', async () => {
    const client = new Client();
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ provider: 'memory', factory: () => client }));
    const lifecycle = new LifecycleManager(registry);
    await lifecycle.activate(...CACHE);
    await registry.registerCandidate(
      offer({ provider: 'redis', factory: () => client, health: () => false }),
    );
    await quiet();
    expect([lifecycle.status(...CACHE).standing.reason, client.closed]).toEqual(['failed', 0]);
    await lifecycle.close();
    expect(client.closed).toBe(1);
  });

  it('for another key is closed when the last of them is stopped', async () => {
    const client = new Client();
    const registry = new CandidateRegistry();
    await registry.registerAll([
      offer({ key: 'cache', factory: () => client }),
      offer({ key: 'queue', factory: () => client }),
    ]);
    const lifecycle = new LifecycleManager(registry);
    await lifecycle.activate('adapter', 'cache');
    await lifecycle.activate('adapter', 'queue');
    await lifecycle.deactivate('adapter', 'cache');
    expect(client.closed).toBe(0);
    await lifecycle.deactivate('adapter', 'queue');
    expect(client.closed).toBe(1);
    await lifecycle.activate('adapter', 'queue');
    await lifecycle.close();
    expect(client.closed).toBe(2);
  });
});
