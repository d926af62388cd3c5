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
  const next = 'new goes on serving adapter/cache. See error.cause, and status("adapter", "cache").';
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
