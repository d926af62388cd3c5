import { expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { offer } from '../registry/harness/offer.js';

it('what goes wrong after the new one is bound does not read as if it had not been swapped in', async () => {
  const registry = new CandidateRegistry();
  const close = () => {
    throw new Error('still busy');
  };
  await registry.registerAll([
    offer({ provider: 'new', factory: () => ({}) }),
    offer({ provider: 'old', priority: 1, factory: () => ({ close }) }),
  ]);
  const postSwap = () => {
    throw new Error('no');
  };
  await using lifecycle = new LifecycleManager(registry, { hooks: { postSwap } });
  await lifecycle.activate('adapter', 'cache');
  const { problems } = await lifecycle.swap('adapter', 'cache', { provider: 'new' });
  const next = 'new goes on serving adapter/cache.';
  expect(problems.map((problem) => (problem as Error).message)).toEqual([
    `Could not close old for adapter/cache: cleanup failed: Error: still busy. ${next}`,
    `Could not finish the swap to new for adapter/cache: postSwap failed: Error: no. ${next}`,
  ]);
});

it('what a component needs and is not there is told with the nearest name, as a sentence', async () => {
  const registry = new CandidateRegistry();
  await registry.registerAll([
    offer({ key: 'cache', inject: { clock: 'service/clok' }, factory: () => ({}) }),
    offer({ domain: 'service', key: 'clock', factory: () => ({}) }),
  ]);
  await using lifecycle = new LifecycleManager(registry);
  await expect(lifecycle.activate('adapter', 'cache')).rejects.toThrow(
    /Nothing is registered for service\/clok\. Did you mean "service\/clock"\?$/,
  );
});

it.each([
  ['build', { factory: () => new Promise(() => undefined) }, true],
  ['health', { factory: () => ({}), health: () => new Promise<boolean>(() => undefined) }, false],
])('a %s that takes too long is told of a signal only where it got one', async (_, input, gotSignal) => {
  const registry = new CandidateRegistry();
  await registry.registerCandidate(offer(input));
  await using lifecycle = new LifecycleManager(registry, { timeouts: { activationMs: 1, healthMs: 1 } });
  const error: unknown = await lifecycle.activate('adapter', 'cache').catch((caught: unknown) => caught);
  expect(String((error as Error).cause).includes('it got an AbortSignal')).toBe(gotSignal);
});

it('what was under way when the lifecycle was closed is told that it was ended, not that it came too late', async () => {
  const registry = new CandidateRegistry();
  await registry.registerCandidate(offer({ factory: () => new Promise(() => undefined) }));
  const lifecycle = new LifecycleManager(registry);
  const activation = lifecycle.activate('adapter', 'cache');
  activation.catch(() => undefined);
  await lifecycle.close();
  await expect(activation).rejects.toThrow(/^An operation was ended, because its lifecycle was closed\./);
});
