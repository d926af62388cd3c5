import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { offer } from '../registry/harness/offer.js';

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A lifecycle of components whose factories wait until they are let go. */
async function waitingFactories(keys: readonly string[], concurrency: number) {
  const registry = new CandidateRegistry();
  const building: string[] = [];
  const letGo = new Map<string, () => void>();
  await registry.registerAll(
    keys.map((key) =>
      offer({
        key,
        factory: () =>
          new Promise((resolve) => {
            building.push(key);
            letGo.set(key, () => {
              building.splice(building.indexOf(key), 1);
              resolve({ key });
            });
          }),
      }),
    ),
  );
  const lifecycle = new LifecycleManager(registry, { concurrency });
  const finish = async (key: string): Promise<void> => {
    letGo.get(key)?.();
    await turn();
  };
  return { registry, lifecycle, building, finish };
}

describe('building', () => {
  it('goes on for at most `concurrency` components at a time, in the order in which they were asked for', async () => {
    const { lifecycle, building, finish } = await waitingFactories(['a', 'b', 'c', 'd'], 2);
    const started = ['a', 'b', 'c', 'd'].map((key) => lifecycle.activate('adapter', key));
    await turn();
    expect(building).toEqual(['a', 'b']);
    await finish('b');
    expect(building).toEqual(['a', 'c']);
    await finish('a');
    expect(building).toEqual(['c', 'd']);
    await finish('c');
    await finish('d');
    expect(await Promise.all(started)).toEqual([{ key: 'a' }, { key: 'b' }, { key: 'c' }, { key: 'd' }]);
    await lifecycle.close();
  });

  it('of one key goes on once, however many ask, and all get the same instance', async () => {
    const { lifecycle, building, finish } = await waitingFactories(['a'], 8);
    const started = Array.from({ length: 50 }, () => lifecycle.activate('adapter', 'a'));
    await turn();
    expect(building).toEqual(['a']);
    await finish('a');
    expect(new Set(await Promise.all(started)).size).toBe(1);
    await lifecycle.close();
  });

  it('does not wait for itself where a chain of components is deeper than the bound', async () => {
    const registry = new CandidateRegistry();
    const keys = Array.from({ length: 20 }, (_, depth) => `k${String(depth)}`);
    await registry.registerAll(
      keys.map((key, depth) =>
        offer({ key, ...(depth === 19 ? {} : { inject: { next: `k${String(depth + 1)}` } }) }),
      ),
    );
    const lifecycle = new LifecycleManager(registry, { concurrency: 1 });
    await lifecycle.activate('adapter', 'k0');
    expect(lifecycle.statuses().map(({ state }) => state)).toEqual(keys.map(() => 'ready'));
    await lifecycle.close();
  });

  it('of something inside the factory of another takes the place of that factory', async () => {
    const registry = new CandidateRegistry();
    let running: LifecycleManager | undefined;
    await registry.registerAll([
      offer({ key: 'inner', factory: () => 'inner' }),
      offer({ key: 'outer', factory: async () => [await running?.activate('adapter', 'inner')] }),
    ]);
    const lifecycle = (running = new LifecycleManager(registry, { concurrency: 1 }));
    expect(await lifecycle.activate('adapter', 'outer')).toEqual(['inner']);
    await lifecycle.close();
  });

  it('that everybody has given up ends, and begins anew for who asks then', async () => {
    const registry = new CandidateRegistry();
    let calls = 0;
    await registry.registerCandidate(
      offer({
        factory: ({ signal }) =>
          ++calls === 1
            ? new Promise((_, reject) => {
                signal.addEventListener('abort', () => {
                  reject(signal.reason as Error);
                });
              })
            : 'second',
      }),
    );
    const lifecycle = new LifecycleManager(registry);
    const controllers = [new AbortController(), new AbortController()];
    const given = controllers.map(({ signal }) => lifecycle.activate('adapter', 'cache', { signal }));
    await turn();
    controllers.forEach((controller, index) => {
      controller.abort(new Error(`given up ${String(index)}`));
    });
    await expect(given[0]).rejects.toThrow('given up 0');
    await expect(given[1]).rejects.toThrow('given up 1');
    expect(await lifecycle.activate('adapter', 'cache')).toBe('second');
    await lifecycle.close();
  });
});
