import { describe, expect, it } from '@jest/globals';

import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import type { LifecycleEvents } from '../../src/lifecycle/lifecycle-events.js';
import { renderRunning } from '../../src/lifecycle/render-running.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';

async function paused(reason?: string) {
  const registry = new CandidateRegistry();
  const lifecycle = new LifecycleManager(registry);
  await registry.registerCandidate({
    domain: 'adapter',
    key: 'cache',
    provider: 'memory',
    factory: () => ({}),
  });
  await lifecycle.activate('adapter', 'cache');
  const told: LifecycleEvents['paused'][] = [];
  lifecycle.on('paused', (event) => told.push(event));
  await lifecycle.pause('adapter', 'cache', reason === undefined ? {} : { reason });
  return { lifecycle, told, status: () => lifecycle.status('adapter', 'cache') };
}

describe('the status of what is paused', () => {
  it('counts the calls that wait, until they are let through', async () => {
    const { lifecycle, status } = await paused();
    await using _ = lifecycle;
    const handle = lifecycle.live('adapter', 'cache');
    const calls = Array.from({ length: 8 }, () => handle.use(() => 'went through'));
    expect(status()).toMatchObject({ inFlight: 0, heldCalls: 8 });
    await lifecycle.resume('adapter', 'cache');
    await Promise.all(calls);
    expect(status()).toMatchObject({ inFlight: 0, heldCalls: 0, pause: null });
  });

  it('says why and for how long it has been so, and when a call that waits fails', async () => {
    const { lifecycle, status } = await paused('restart, password=hunter2');
    await using _ = lifecycle;
    expect(status().pause).toEqual({
      reason: 'restart, password=[redacted]',
      forMs: expect.any(Number),
      waitMs: 30_000,
    });
    const text = renderRunning(lifecycle.report('adapter', 'cache'), { width: 200 });
    expect(text).toMatch(
      /paused for \S+ m?s: restart, password=\[redacted\]; a call that waits fails after 30 s/,
    );
  });

  it('has the calls that wait on its page', async () => {
    const { lifecycle } = await paused();
    await using _ = lifecycle;
    const call = lifecycle.live('adapter', 'cache').use(() => undefined);
    expect(renderRunning(lifecycle.report('adapter', 'cache'))).toContain(
      'no calls in flight · 1 call waits',
    );
    await lifecycle.resume('adapter', 'cache');
    await call;
  });
});

describe('the event of a pause', () => {
  it.each([
    ['restart of token=abcdef', 'restart of token=[redacted]'],
    [undefined, null],
  ])('says why: %s', async (reason, expected) => {
    const { lifecycle, told } = await paused(reason);
    await using _ = lifecycle;
    expect(told).toMatchObject([{ domain: 'adapter', key: 'cache', reason: expected }]);
  });
});
