import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { offer } from '../registry/harness/offer.js';

const broken = () => {
  throw new Error('broken');
};

describe('activateAll', () => {
  it('starts the winner of every key that is a singleton, or of one domain', async () => {
    const registry = new CandidateRegistry({ selections: { adapter: { pinned: 'nobody' } } });
    await registry.registerAll([
      offer({ key: 'cache' }),
      offer({ key: 'pinned' }),
      offer({ key: 'each', scope: 'transient' }),
      offer({ domain: 'service', key: 'clock' }),
    ]);
    await using lifecycle = new LifecycleManager(registry);
    const running = (): readonly string[] =>
      lifecycle.statuses().flatMap(({ key, state }) => (state === 'ready' ? [key] : []));
    await lifecycle.activateAll({ domain: 'service' });
    expect(running()).toEqual(['clock']);
    await lifecycle.activateAll();
    expect(running()).toEqual(['cache', 'clock']);
  });

  it('tells everything that could not be started, and runs the rest', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([
      offer({ key: 'a', factory: broken }),
      offer({ key: 'b' }),
      offer({ key: 'c', factory: broken }),
    ]);
    await using lifecycle = new LifecycleManager(registry);
    const error: unknown = await lifecycle.activateAll().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).message).toBe(
      '2 of 3 components could not be started: adapter/a, adapter/c. See error.errors.',
    );
    expect((error as AggregateError).errors).toMatchObject([
      { code: 'ONEIRIC_LIFECYCLE_FAILED', details: { key: 'a' } },
      { code: 'ONEIRIC_LIFECYCLE_FAILED', details: { key: 'c' } },
    ]);
    expect(lifecycle.status('adapter', 'b').state).toBe('ready');
  });

  it('rejects with the reason of an aborted signal', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ factory: () => new Promise(() => undefined) }));
    await using lifecycle = new LifecycleManager(registry);
    const controller = new AbortController();
    const starting = lifecycle.activateAll({ signal: controller.signal });
    controller.abort(new Error('given up'));
    await expect(starting).rejects.toThrow('given up');
  });
});
