import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { subscribe } from '../../src/subscribe.js';
import { coded } from '../registry/harness/coded.js';

const cache = { domain: 'adapter', key: 'cache', factory: () => ({}) };

describe('subscribe', () => {
  it('calls the listener with each message until it is disposed', async () => {
    const registry = new CandidateRegistry();
    const revisions: number[] = [];
    const subscription = subscribe('oneiric:registry:changed', (message) => {
      if (message.registry === registry) revisions.push(message.revision);
    });
    const registration = await registry.registerCandidate(cache);
    subscription[Symbol.dispose]();
    await registration.unregister();
    expect(revisions).toEqual([1]);
  });

  it('lets a listener throw, at once or later, without harm to anybody, and tells so', async () => {
    const failed: unknown[] = [];
    const heard: string[] = [];
    using _ = subscribe('oneiric:listener-failed', ({ event, error }) => void failed.push([event, error]));
    using __ = subscribe('oneiric:registry:changed', () => {
      throw new Error('at once');
    });
    using ___ = subscribe('oneiric:registry:changed', () => Promise.reject(new Error('later')));
    using ____ = subscribe('oneiric:registry:changed', () => void heard.push('the next'));
    await new CandidateRegistry().registerCandidate(cache);
    expect(heard).toEqual(['the next']);
    expect(failed).toEqual([
      ['oneiric:registry:changed', new Error('at once')],
      ['oneiric:registry:changed', new Error('later')],
    ]);
  });

  it('drops what a listener of failed listeners throws, which would be told for ever', async () => {
    let calls = 0;
    using _ = subscribe('oneiric:listener-failed', () => {
      calls++;
      throw new Error('me, too');
    });
    const registry = new CandidateRegistry();
    using __ = registry.on('changed', () => {
      throw new Error('at once');
    });
    await registry.registerCandidate(cache);
    expect(calls).toBe(1);
  });

  it('tells a decision that was made anew once, and none that its listener asks for', async () => {
    const registry = new CandidateRegistry();
    const told: string[] = [];
    using _ = subscribe('oneiric:decision:made', ({ key }) => {
      told.push(key);
      registry.explain('adapter', 'unknown');
    });
    await registry.registerCandidate(cache);
    for (let times = 0; times < 3; times++) registry.resolve('adapter', 'cache');
    expect(told).toEqual(['cache']);
  });

  it('tells no decision of a transaction, which may never have been', async () => {
    const registry = new CandidateRegistry();
    const told: string[] = [];
    using _ = subscribe('oneiric:decision:made', ({ key }) => void told.push(key));
    await registry
      .transaction(async (tx) => {
        await tx.registerCandidate(cache);
        tx.resolve('adapter', 'cache');
        throw new Error('undone');
      })
      .catch(() => undefined);
    expect(told).toEqual([]);
  });

  it('refuses a channel that there is none of, with the nearest name', () => {
    expect(() => subscribe('oneiric:lifecycle:swaped' as never, () => undefined)).toThrow(
      /Did you mean "oneiric:lifecycle:swapped"/,
    );
    for (const name of ['toString', '__proto__', undefined, 7, Symbol('x')]) {
      expect(() => subscribe(name as never, () => undefined)).toThrow(
        coded('ONEIRIC_OBSERVABILITY_CHANNEL_UNKNOWN'),
      );
    }
  });

  it('refuses a listener that is no function', () => {
    expect(() => subscribe('oneiric:registry:changed', 'log' as never)).toThrow(
      coded('ONEIRIC_OBSERVABILITY_OPTION_INVALID'),
    );
  });
});
