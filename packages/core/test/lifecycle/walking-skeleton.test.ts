import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { defineKey } from '../../src/registry/define-key.js';

interface Cache {
  readonly id: string;
  get(): string;
  close(): void;
}
const CACHE = defineKey<Cache>('adapter', 'cache');

describe('a component', () => {
  it('is decided, started, swapped when the decision changes, rolled back and stopped', async () => {
    const registry = new CandidateRegistry();
    const log: string[] = [];
    const offer = (id: string, priority: number) => ({
      ...CACHE,
      provider: id,
      priority,
      factory: (): Cache => ({ id, get: () => id, close: () => void log.push(`closed ${id}`) }),
    });
    await registry.registerAll([offer('memory', 1), offer('redis', 2)]);
    await using lifecycle = new LifecycleManager(registry);
    const handle = lifecycle.live(CACHE);
    expect(await handle.use((cache) => cache.get())).toBe('redis');
    expect(handle.proxy.get()).toBe('redis');
    expect(await lifecycle.activate(CACHE)).toBe(handle.peek());
    await registry.select('adapter', 'cache', 'memory');
    await new Promise((resolve) => lifecycle.on('swapped', resolve));
    expect(handle.proxy.get()).toBe('memory');
    expect(log).toEqual(['closed redis']);
    const report = await lifecycle.rollback(CACHE);
    expect(report.outcome).toBe('swapped');
    expect(handle.proxy.get()).toBe('redis');
    expect(lifecycle.status(CACHE)).toMatchObject({ state: 'ready', standing: { reason: 'chosen' } });
    await lifecycle.deactivate(CACHE);
    expect(log).toEqual(['closed redis', 'closed memory', 'closed redis']);
    expect(() => handle.proxy.get()).toThrow('adapter/cache is not running');
  });
});
