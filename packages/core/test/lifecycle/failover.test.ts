import { describe, expect, it } from '@jest/globals';

import type { LifecycleOptions } from '../../src/lifecycle/lifecycle-options.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { quiet } from '../concurrency/harness/turns.js';
import { offer } from '../registry/harness/offer.js';

const CACHE = ['adapter', 'cache'] as const;
const down = () => {
  throw new Error('down');
};

/** `first` runs, and is well as long as `isWell`. */
async function running(others: Readonly<Record<string, () => object>>, options: LifecycleOptions = {}) {
  const health = { isWell: true };
  const built: string[] = [];
  const registry = new CandidateRegistry();
  await registry.registerCandidate(
    offer({ provider: 'first', priority: 9, factory: () => ({}), health: () => health.isWell }),
  );
  for (const [index, [provider, factory]] of Object.entries(others).entries()) {
    const counted = () => {
      built.push(provider);
      return factory();
    };
    await registry.registerCandidate(offer({ provider, priority: 8 - index, factory: counted }));
  }
  const lifecycle = new LifecycleManager(registry, {
    failover: true,
    probe: { fall: 1, rise: 1 },
    ...options,
  });
  await lifecycle.activate(...CACHE);
  const fall = async () => {
    health.isWell = false;
    await lifecycle.probe(...CACHE);
    await quiet();
  };
  return { lifecycle, registry, built, health, fall };
}

describe('what runs and is unwell', () => {
  it('gives way to the next in rank that can be built', async () => {
    const { lifecycle, built, fall } = await running({ second: down, third: () => ({}) });
    await fall();
    expect(built).toEqual(['second', 'third']);
    expect(lifecycle.status(...CACHE)).toMatchObject({
      running: { provider: 'third' },
      standing: { reason: 'same' },
    });
    await lifecycle.close();
  });

  it('goes on where none of the others can be built, each of which is tried once', async () => {
    const { lifecycle, built, health, fall } = await running({ second: down, third: down });
    await fall();
    expect(built).toEqual(['second', 'third']);
    expect(lifecycle.status(...CACHE)).toMatchObject({
      running: { provider: 'first' },
      standing: { reason: 'nothing-wins' },
    });
    health.isWell = true;
    await lifecycle.probe(...CACHE);
    await quiet();
    expect(lifecycle.status(...CACHE).standing).toMatchObject({
      winner: { provider: 'first' },
      reason: 'same',
    });
    await lifecycle.close();
  });
});

it('what runs well goes on where a new winner cannot be built, which stays the winner', async () => {
  const { lifecycle, registry } = await running({});
  await registry.registerCandidate(offer({ provider: 'best', priority: 10, factory: down }));
  await quiet();
  expect(lifecycle.status(...CACHE).standing).toMatchObject({
    running: { provider: 'first' },
    winner: { provider: 'best' },
    reason: 'failed',
  });
  await lifecycle.close();
});
