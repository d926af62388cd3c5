import { expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { quiet } from '../concurrency/harness/turns.js';
import { offer, plugin } from '../registry/harness/offer.js';

it('the status names nobody to roll back to where only an earlier version of what runs served before', async () => {
  const registry = new CandidateRegistry();
  const redis = (version: string) =>
    offer({ provider: 'redis', version, source: plugin('p'), factory: () => ({}) });
  await registry.registerCandidate(redis('1.0.0'));
  await using lifecycle = new LifecycleManager(registry);
  await lifecycle.activate('adapter', 'cache');
  await registry.registerCandidate(redis('2.0.0'));
  await quiet();
  const { running, lastGood } = lifecycle.status('adapter', 'cache');
  expect([running?.version, lastGood]).toEqual(['2.0.0', null]);
});
