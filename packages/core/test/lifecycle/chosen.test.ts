import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { quiet } from '../concurrency/harness/turns.js';
import { offer } from '../registry/harness/offer.js';

const CACHE = ['adapter', 'cache'] as const;

/** `old` ran well; `new` wins and runs now. */
async function replaced() {
  const registry = new CandidateRegistry();
  const factory = () => ({});
  await registry.registerCandidate(offer({ provider: 'old', factory }));
  const lifecycle = new LifecycleManager(registry);
  await lifecycle.activate(...CACHE);
  await registry.registerCandidate(offer({ provider: 'new', priority: 5, factory }));
  await quiet();
  const runs = () => {
    const { running, standing, state } = lifecycle.status(...CACHE);
    return [running?.provider, standing.reason, state];
  };
  const paused = () =>
    registry
      .explain(...CACHE)
      .toJSON()
      .candidates.flatMap((each) => (each.state === 'filtered' ? [each.provider, each.actual] : []));
  return { registry, lifecycle, factory, runs, paused };
}

describe('who was rolled back to', () => {
  it('goes on after a pause in which nothing was decided', async () => {
    const { lifecycle, runs } = await replaced();
    await lifecycle.rollback(...CACHE);
    expect(runs()).toEqual(['old', 'chosen', 'ready']);
    await lifecycle.pause(...CACHE);
    await lifecycle.resume(...CACHE);
    await quiet();
    expect(runs()).toEqual(['old', 'chosen', 'ready']);
    await lifecycle.close();
  });

  it('while calls were held goes on when they are let through, and has the mark of the pause meanwhile', async () => {
    const { lifecycle, runs, paused } = await replaced();
    await lifecycle.pause(...CACHE, { reason: 'errors since the release' });
    expect(paused()).toEqual(['new', { by: 'lifecycle', reason: 'errors since the release' }]);
    await lifecycle.rollback(...CACHE);
    await quiet();
    expect(runs()).toEqual(['old', 'paused', 'paused']);
    expect(paused()).toEqual(['old', { by: 'lifecycle', reason: 'errors since the release' }]);
    await lifecycle.resume(...CACHE);
    await quiet();
    expect([runs(), paused()]).toEqual([['old', 'chosen', 'ready'], []]);
    await lifecycle.close();
  });

  it('gives way when it is resumed to what was decided while it was paused', async () => {
    const { registry, lifecycle, factory, runs } = await replaced();
    await lifecycle.rollback(...CACHE);
    await lifecycle.pause(...CACHE);
    await registry.registerCandidate(offer({ provider: 'newest', priority: 9, factory }));
    await quiet();
    expect(runs()).toEqual(['old', 'paused', 'paused']);
    await lifecycle.resume(...CACHE);
    await quiet();
    expect(runs()).toEqual(['newest', 'same', 'ready']);
    await lifecycle.close();
  });

  it('is not taken away by a registration that wins nothing, after what ran before was unwell', async () => {
    const { registry, lifecycle, factory, runs } = await replaced();
    await registry.mark(registry.require(...CACHE), 'UNHEALTHY', 'by hand');
    await quiet();
    expect(runs()).toEqual(['new', 'failover-off', 'ready']);
    await registry.registerCandidate(offer({ provider: 'third', priority: 1, factory }));
    await lifecycle.rollback(...CACHE);
    await quiet();
    expect(runs()).toEqual(['old', 'chosen', 'ready']);
    await registry.registerCandidate(offer({ provider: 'fourth', priority: -5, factory }));
    await quiet();
    expect(runs()).toEqual(['old', 'chosen', 'ready']);
    await lifecycle.close();
  });

  it('gives way to what was decided while a pause that failed was under way', async () => {
    const { registry, lifecycle, factory, runs } = await replaced();
    let release = (): void => undefined;
    const opened = new Promise<void>((resolve) => (release = resolve));
    const writing = registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'newest', priority: 9, factory }));
      await opened;
    });
    const controller = new AbortController();
    const pausing = lifecycle.pause(...CACHE, { signal: controller.signal });
    await quiet();
    controller.abort(new Error('given up'));
    release();
    await writing;
    await expect(pausing).rejects.toThrow('given up');
    await quiet();
    expect(runs()).toEqual(['newest', 'same', 'ready']);
    await lifecycle.close();
  });
});
