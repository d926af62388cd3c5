import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { quiet, rejectionOf } from '../concurrency/harness/turns.js';
import { coded } from './harness/coded.js';
import { offer, offers } from './harness/offer.js';
import { seen } from './harness/seen.js';

describe('a selection', () => {
  it('written as a text is a pin: its provider wins over any rank', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([
      offer({ provider: 'a', priority: -1000 }),
      offer({ provider: 'b', priority: 1000 }),
    ]);
    await registry.select('adapter', 'cache', 'a');
    expect(registry.explain('adapter', 'cache')).toMatchObject({
      winner: { provider: 'a' },
      decidedBy: 'selection',
      selection: { provider: 'a', policy: 'pin', origin: { kind: 'code' } },
    });
  });

  it('may name a provider that is not there yet: nothing wins until it comes, and it wins when it does', async () => {
    const registry = new CandidateRegistry();
    await registry.select('adapter', 'cache', 'redis');
    expect(registry.keys()).toEqual([{ domain: 'adapter', key: 'cache' }]);
    await registry.registerCandidate(offer({ provider: 'redi' }));
    expect(registry.resolve('adapter', 'cache')).toBeUndefined();
    expect(registry.explain('adapter', 'cache')).toMatchObject({
      outcome: 'none',
      unknown: [{ kind: 'selection', name: 'redis', nearest: 'redi' }],
      candidates: [{ provider: 'redi', state: 'shadowed', lostTo: null, lostAt: 'selection' }],
    });
    expect(registry.listShadowed().map(({ provider }) => provider)).toEqual(['redi']);
    await registry.registerCandidate(offer({ provider: 'redis' }));
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('redis');
  });

  it('of policy "prefer" falls back to the ranking where its provider is missing or filtered', async () => {
    const registry = new CandidateRegistry();
    await registry.select('adapter', 'cache', { provider: 'redis', policy: 'prefer' });
    await registry.registerCandidate(offer({ provider: 'memory' }));
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('memory');
    const { candidate } = await registry.registerCandidate(offer({ provider: 'redis', priority: -5 }));
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('redis');
    await registry.mark(candidate, 'UNHEALTHY', 'no answer');
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('memory');
  });

  it('does not bind a request that names a provider itself', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([offer({ provider: 'a' }), offer({ provider: 'b' })]);
    await registry.select('adapter', 'cache', 'a');
    expect(registry.resolve('adapter', 'cache', { provider: 'b' })?.provider).toBe('b');
  });

  it('when it is cleared gives the key back to the ranking, and an empty key is forgotten', async () => {
    const registry = new CandidateRegistry({ selections: { adapter: { cache: 'a', empty: 'x' } } });
    await registry.registerAll(offers(2));
    expect(registry.resolve('adapter', 'cache')).toBeUndefined();
    await registry.clearSelection('adapter', 'cache');
    await registry.clearSelection('adapter', 'empty');
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('p1');
    expect(registry.explain('adapter', 'cache').selection).toBeNull();
    expect(registry.keys()).toEqual([{ domain: 'adapter', key: 'cache' }]);
  });

  it('that is the same, or cleared where there is none, makes no revision and no event', async () => {
    const registry = new CandidateRegistry({ selections: { adapter: { cache: 'a' } } });
    const events: number[] = [];
    using _ = registry.on('changed', ({ revision }) => events.push(revision));
    await registry.select('adapter', 'cache', 'a');
    await registry.select('adapter', 'cache', { provider: 'a', policy: 'pin' });
    await registry.clearSelection('adapter', 'queue');
    await registry.clearSelection('service', 'mailer');
    await quiet();
    expect(registry.revision).toBe(0);
    expect(events).toEqual([]);
    await registry.select('adapter', 'cache', { provider: 'a', policy: 'prefer' });
    expect(registry.revision).toBe(1);
  });

  it('of the options is there from revision 0, with the place where it was written', () => {
    const origin = {
      kind: 'config',
      path: 'selections.adapter.cache',
      file: 'oneiric.config.yaml',
      line: 3,
      column: 5,
    } as const;
    const registry = new CandidateRegistry({
      selections: { adapter: { cache: { provider: 'redis', origin } } },
    });
    expect(registry.revision).toBe(0);
    expect(registry.explain('adapter', 'cache')).toMatchObject({
      revision: 0,
      selection: { provider: 'redis', policy: 'pin', origin },
    });
  });

  it('is independent of the object it was read from', async () => {
    const selection = {
      provider: 'a',
      policy: 'prefer' as 'pin' | 'prefer',
      origin: { kind: 'code' as const, path: 'before' },
    };
    const registry = new CandidateRegistry({ selections: { adapter: { cache: selection } } });
    selection.policy = 'pin';
    selection.origin.path = 'after';
    expect(registry.explain('adapter', 'cache').selection).toMatchObject({
      policy: 'prefer',
      origin: { path: 'before' },
    });
  });

  it.each([
    ['an empty text', ''],
    ['a path', '../redis'],
    ['a name of Object.prototype', '__proto__'],
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['a list', ['redis']],
    ['an object without provider', { policy: 'pin' }],
    ['an unknown policy', { provider: 'redis', policy: 'maybe' }],
    ['a misspelt property', { provider: 'redis', polcy: 'prefer' }],
    ['an origin that is none', { provider: 'redis', origin: 'here' }],
    [
      'an object that throws',
      {
        get provider() {
          throw new Error('no');
        },
      },
    ],
  ])('that is %s is refused and changes nothing, in select as in the options', async (_what, selection) => {
    const registry = new CandidateRegistry({ selections: { adapter: { cache: 'a' } } });
    const before = seen(registry);
    const error = await rejectionOf(registry.select('adapter', 'cache', selection as never));
    expect(error).toMatchObject({
      code: 'ONEIRIC_REGISTRY_SELECTION_INVALID',
      details: { domain: 'adapter', key: 'cache' },
    });
    expect(seen(registry)).toEqual(before);
    expect(() => new CandidateRegistry({ selections: { adapter: { cache: selection as never } } })).toThrow(
      coded('ONEIRIC_REGISTRY_SELECTION_INVALID'),
    );
  });
});
