import { describe, expect, it } from '@jest/globals';

import type { Explanation } from '../../src/decision/explanation.js';
import { savedReport } from '../../src/lifecycle/saved-report.js';
import type { SavedComponent } from '../../src/lifecycle/saved-status.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { aComponent, aStatus } from './a-status.js';

const redis = { provider: 'redis', version: '2.1.0' };
const memory = { provider: 'memory', version: null };

/** What is decided here for adapter/cache where these are offered, the last first. */
async function decided(
  ...offers: readonly { readonly provider: string; readonly version: string | null }[]
): Promise<Explanation> {
  const registry = new CandidateRegistry();
  for (const [priority, { provider, version }] of offers.entries()) {
    await registry.registerCandidate({
      domain: 'adapter',
      key: 'cache',
      provider,
      priority,
      ...(version === null ? {} : { version }),
      factory: () => ({}),
    });
  }
  return registry.explain('adapter', 'cache');
}

const saved = (
  running: SavedComponent['running'],
  winner: SavedComponent['running'],
  reason: SavedComponent['standing']['reason'],
): SavedComponent => aComponent({ running, standing: { winner, reason } });

describe('what ran by a status file, against what wins here', () => {
  it.each([
    ['the winner', [memory, redis], saved(redis, redis, 'same'), 'same'],
    ['another one, for the reason of the process', [memory, redis], saved(memory, redis, 'failed'), 'failed'],
    [
      'the winner there, which loses here',
      [memory, redis],
      saved(memory, memory, 'same'),
      'decided-otherwise',
    ],
    ['an older version of it', [redis], saved({ ...redis, version: '2.0.0' }, redis, 'chosen'), 'chosen'],
    [
      'another one than won there, and than wins here',
      [redis],
      saved(memory, null, 'nothing-wins'),
      'decided-otherwise',
    ],
    ['one that wins here, and there did not', [memory], saved(memory, redis, 'failed'), 'same'],
    ['one while nothing wins', [], saved(redis, null, 'nothing-wins'), 'nothing-wins'],
    ['one that won there, while nothing wins here', [], saved(redis, redis, 'same'), 'decided-otherwise'],
    ['nothing', [redis], saved(null, redis, 'not-running'), 'not-running'],
  ] as const)('is told where it is %s', async (_, offers, component, reason) => {
    const { running } = savedReport(aStatus(component), await decided(...offers));
    expect(running.reason).toBe(reason);
    expect(running.winnerThere).toEqual(
      reason === 'decided-otherwise' ? component.standing.winner : undefined,
    );
  });

  it('is nothing for a key that the file does not have', async () => {
    const { running, lifecycle } = savedReport(aStatus(), await decided(redis));
    expect([running.reason, running.running, lifecycle.state]).toEqual(['not-running', null, 'registered']);
  });

  it('says what it was given, who serves that, and whom it was given to', async () => {
    const file = aStatus(
      aComponent(),
      aComponent({ domain: 'service', key: 'clock', running: memory, dependencies: [] }),
      aComponent({
        domain: 'service',
        key: 'orders',
        dependencies: [{ parameter: 'cache', domain: 'adapter', key: 'cache' }],
      }),
    );
    expect(savedReport(file, await decided(redis))).toMatchObject({
      injected: [{ parameter: 'clock', domain: 'service', key: 'clock', running: 'memory' }],
      dependents: ['service/orders'],
    });
  });

  it('claims to know nothing that a file does not hold', async () => {
    const report = savedReport(aStatus(aComponent()), await decided(redis));
    const unknown = ['retiring', 'history', 'boundForMs', 'inFlight', 'operation', 'swaps', 'lastSwap'];
    expect(unknown.filter((name) => name in report || name in report.lifecycle)).toEqual([]);
  });
});
