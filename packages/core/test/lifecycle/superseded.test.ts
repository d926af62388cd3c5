import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { quiet } from '../concurrency/harness/turns.js';
import { offer } from '../registry/harness/offer.js';

const CACHE = ['adapter', 'cache'] as const;

/** `first` runs, `wrong` wins and is being built, and will be for as long as it may. */
async function building() {
  const registry = new CandidateRegistry();
  const built: string[] = [];
  const ended: unknown[] = [];
  const told: unknown[] = [];
  const provider = (name: string) =>
    offer({
      provider: name,
      factory: () => {
        built.push(name);
        return { name };
      },
    });
  const wrong = offer({
    provider: 'wrong',
    factory: ({ signal }) =>
      new Promise<object>((_, reject) => {
        built.push('wrong');
        signal.addEventListener('abort', () => {
          ended.push((signal.reason as { code: unknown }).code);
          reject(new Error('nobody wants it'));
        });
      }),
  });
  await registry.registerAll([provider('first'), provider('right')]);
  const { unregister } = await registry.registerCandidate(wrong);
  await registry.select(...CACHE, 'first');
  const lifecycle = new LifecycleManager(registry);
  lifecycle.on('failed', (event) => told.push(event));
  lifecycle.on('swapped', ({ from, to }) => told.push(`${String(from?.provider)} > ${String(to?.provider)}`));
  await lifecycle.activate(...CACHE);
  await registry.select(...CACHE, 'wrong');
  await quiet();
  const runs = () => lifecycle.status(...CACHE).running?.provider;
  return { registry, lifecycle, built, ended, told, runs, unregister };
}

describe('a decision that is corrected while it is being followed', () => {
  it('is given up, and the corrected one is followed at once', async () => {
    const { registry, lifecycle, built, ended, told, runs } = await building();
    expect([runs(), built]).toEqual(['first', ['first', 'wrong']]);
    await registry.select(...CACHE, 'right');
    await quiet();
    expect(ended).toEqual(['ONEIRIC_LIFECYCLE_SUPERSEDED']);
    expect([runs(), built, told]).toEqual(['right', ['first', 'wrong', 'right'], ['first > right']]);
    await lifecycle.close();
  });

  it('leaves what runs where that wins again', async () => {
    const { registry, lifecycle, built, told, runs } = await building();
    await registry.select(...CACHE, 'first');
    await quiet();
    expect([runs(), built, told]).toEqual(['first', ['first', 'wrong'], []]);
    expect(lifecycle.status(...CACHE).standing.reason).toBe('same');
    await lifecycle.close();
  });

  it('leaves what runs where nothing wins any more', async () => {
    const { lifecycle, ended, told, runs, unregister } = await building();
    await unregister();
    await quiet();
    expect([runs(), ended, told]).toEqual(['first', ['ONEIRIC_LIFECYCLE_SUPERSEDED'], []]);
    await lifecycle.close();
  });

  it('is not given up for a decision of the same winner', async () => {
    const { registry, lifecycle, ended } = await building();
    await registry.registerCandidate(offer({ provider: 'other', priority: 900 }));
    await quiet();
    expect(ended).toEqual([]);
    await lifecycle.close();
  });
});
