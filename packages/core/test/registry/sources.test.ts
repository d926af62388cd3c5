import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { quiet, rejectionOf } from '../concurrency/harness/turns.js';
import { offer, offers, plugin } from './harness/offer.js';
import { providersOf, seen, tag } from './harness/seen.js';

const P = plugin('@acme/p');

describe('a registration from a source that has registered the same place before', () => {
  it('replaces the earlier one, keeps its sequence number and says what it replaced', async () => {
    const registry = new CandidateRegistry();
    const first = await registry.registerCandidate(offer({ source: P }));
    await registry.registerCandidate(offer({ provider: 'other' }));
    const second = await registry.registerCandidate(offer({ source: P, priority: 5 }));
    expect(first.replaced).toBeUndefined();
    expect(second.replaced).toBe(first.candidate);
    expect(second.candidate).toMatchObject({ sequence: 1, priority: 5 });
    expect(registry.listActive().concat(registry.listShadowed()).map(tag)).toEqual([
      'adapter/cache=default#1',
      'adapter/cache=other#2',
    ]);
    expect(registry.revision).toBe(3);
  });

  it('changes nothing when it is identical, whatever objects it is made of', async () => {
    const registry = new CandidateRegistry();
    const events: number[] = [];
    using _ = registry.on('changed', ({ revision }) => events.push(revision));
    const input = () =>
      offer({
        source: { ...P, package: '@acme/p', version: '1.0.0' },
        capabilities: ['kv', 'scan'],
        requires: ['service/net', { domain: 'service', key: 'tls', capabilities: ['tls13'] }],
        conflictsWith: ['memory'],
        platform: { os: ['linux', 'darwin'], node: '>=20' },
        metadata: { tags: ['a', { deep: [1, null] }] },
        inject: { net: 'service/net' },
      });
    const first = await registry.registerCandidate(input());
    const again = await registry.registerCandidate(input());
    expect(again.candidate).toBe(first.candidate);
    expect(again.replaced).toBeUndefined();
    expect(registry.revision).toBe(1);
    await quiet();
    expect(events).toEqual([1]);
  });

  it.each([
    ['factory', { factory: () => 'another' }],
    ['priority', { priority: 1 }],
    ['priority, from the default to an equal number of its own', { priority: 0 }],
    ['stackLevel', { stackLevel: 1 }],
    ['stackLevel, from the default to an equal number of its own', { stackLevel: 0 }],
    ['version', { version: '2.0.0' }],
    ['capabilities', { capabilities: ['kv'] }],
    ['requires', { requires: ['net'] }],
    ['conflictsWith', { conflictsWith: ['memory'] }],
    ['platform', { platform: { node: '>=20' } }],
    ['metadata', { metadata: { a: 1 } }],
    ['inject', { inject: { net: 'service/net' } }],
    ['health', { health: () => true }],
    ['handover', { handover: () => undefined }],
    ['scope', { scope: 'transient' as const }],
    [
      'settings',
      {
        settings: {
          '~standard': { version: 1, vendor: 'x', validate: (value: unknown) => ({ value }) },
        } as const,
      },
    ],
    ['source beside kind and id', { source: { ...P, version: '9.9.9' } }],
  ])('replaces it when it differs in its %s', async (_what, change) => {
    const registry = new CandidateRegistry();
    const { candidate } = await registry.registerCandidate(offer({ source: P }));
    const next = await registry.registerCandidate(offer({ source: P, ...change }));
    expect(next.replaced).toBe(candidate);
    expect(next.candidate).not.toBe(candidate);
    expect(next.candidate.sequence).toBe(1);
    expect(registry.revision).toBe(2);
  });

  it.each([
    ['another id', plugin('q')],
    ['another kind', { kind: 'config', id: '@acme/p' }],
    ['no id', { kind: 'plugin' }],
  ] as const)('stands beside it when its source has %s', async (_what, source) => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ source: P }));
    const { replaced } = await registry.registerCandidate(offer({ source }));
    expect(replaced).toBeUndefined();
    expect(providersOf(registry)).toHaveLength(2);
  });

  it('stands beside one for another provider, key or domain', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([
      offer({ source: P }),
      offer({ source: P, provider: 'other' }),
      offer({ source: P, key: 'queue' }),
      offer({ source: P, domain: 'service' }),
    ]);
    expect(registry.listActive()).toHaveLength(3);
    expect(registry.listShadowed()).toHaveLength(1);
  });

  it('is not confused by ids and providers that look like the parts of others', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([
      offer({ key: 'a', provider: 'b.c', source: plugin('x') }),
      offer({ key: 'a.b', provider: 'c', source: plugin('x') }),
      offer({ key: 'a', provider: 'b.c', source: plugin('x/a') }),
      offer({ key: 'a', provider: 'b.c', source: { kind: 'worker', id: 'x' } }),
    ]);
    expect(registry.explain('adapter', 'a').candidates).toHaveLength(3);
    expect(registry.explain('adapter', 'a.b').candidates).toHaveLength(1);
  });
});

describe('two manual registrations of one provider', () => {
  it('stand side by side, however alike they are', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer());
    await registry.registerCandidate(offer());
    await registry.registerAll([offer(), offer({ source: { kind: 'manual' } })]);
    expect(registry.explain('adapter', 'cache').candidates.map(({ rank }) => rank.registration)).toEqual([
      4, 3, 2, 1,
    ]);
  });

  it('replace each other when they have the same id', async () => {
    const registry = new CandidateRegistry();
    const source = { kind: 'manual', id: 'app' } as const;
    await registry.registerCandidate(offer({ source }));
    await registry.registerCandidate(offer({ source, priority: 1 }));
    expect(providersOf(registry)).toEqual(['default']);
  });
});

describe('replaceSource', () => {
  it('adds, replaces, keeps and retires in one commit, and says which is which', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ provider: 'manual' }));
    await registry.replaceSource(P, [
      offer({ provider: 'stays' }),
      offer({ provider: 'changes' }),
      offer({ key: 'queue', provider: 'goes' }),
    ]);
    const [stays, changes] = [
      registry.resolve('adapter', 'cache', { provider: 'stays' }),
      registry.resolve('adapter', 'cache', { provider: 'changes' }),
    ];
    const change = await registry.replaceSource(P, [
      offer({ provider: 'new' }),
      offer({ provider: 'changes', priority: 3 }),
      offer({ provider: 'stays' }),
    ]);
    expect(change.added.map(tag)).toEqual(['adapter/cache=new#5']);
    expect(change.replaced.map(tag)).toEqual(['adapter/cache=changes#3']);
    expect(change.replaced[0]).not.toBe(changes);
    expect(change.unchanged).toEqual([stays]);
    expect(change.retired.map(tag)).toEqual(['adapter/queue=goes#4']);
    expect(registry.revision).toBe(3);
    expect(registry.keys()).toEqual([{ domain: 'adapter', key: 'cache' }]);
    expect(providersOf(registry)).toEqual(['changes', 'new', 'stays', 'manual']);
  });

  it('changes nothing, with no revision and no event, when the source offers what it offered', async () => {
    const registry = new CandidateRegistry();
    const list = offers(4);
    await registry.replaceSource(P, list);
    const winner = registry.resolve('adapter', 'cache');
    const explanation = registry.explain('adapter', 'cache');
    const events: number[] = [];
    using _ = registry.on('changed', ({ revision }) => events.push(revision));
    const change = await registry.replaceSource(P, [...list].reverse());
    await quiet();
    expect(change.unchanged).toHaveLength(4);
    expect([change.added, change.replaced, change.retired]).toEqual([[], [], []]);
    expect(registry.revision).toBe(1);
    expect(events).toEqual([]);
    expect(registry.resolve('adapter', 'cache')).toBe(winner);
    expect(registry.explain('adapter', 'cache')).toBe(explanation);
  });

  it('leaves the decisions of keys alone whose candidates it does not change', async () => {
    const registry = new CandidateRegistry();
    await registry.replaceSource(P, [offer({ key: 'same' }), offer({ key: 'other' })]);
    const explanation = registry.explain('adapter', 'same');
    await registry.replaceSource(P, [offer({ key: 'same' }), offer({ key: 'other', priority: 1 })]);
    expect(registry.explain('adapter', 'same')).toBe(explanation);
  });

  it('with nothing retires everything of the source and nothing else, in registration order', async () => {
    const registry = new CandidateRegistry();
    await registry.replaceSource(P, offers(3));
    await registry.replaceSource(plugin('q'), offers(2));
    const { retired } = await registry.replaceSource(P, []);
    expect(retired.map(tag)).toEqual(['adapter/cache=p0#1', 'adapter/cache=p1#2', 'adapter/cache=p2#3']);
    expect(registry.explain('adapter', 'cache').candidates.map(({ source }) => source.id)).toEqual([
      'q',
      'q',
    ]);
  });

  it('retires what the same source registered by other calls', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer({ provider: 'single', source: P }));
    await registry.registerAll(offers(2, { source: P }));
    const { retired, added } = await registry.replaceSource(P, [offer({ provider: 'only' })]);
    expect(retired.map(({ provider }) => provider)).toEqual(['single', 'p0', 'p1']);
    expect(added.map(({ sequence }) => sequence)).toEqual([4]);
  });

  it('gives its candidates the source, and keeps what an input says about its own place in a file', async () => {
    const registry = new CandidateRegistry();
    const owner = { kind: 'config', id: 'oneiric.config.yaml', package: 'app' } as const;
    const { added } = await registry.replaceSource(owner, [
      offer({ provider: 'a' }),
      offer({
        provider: 'b',
        source: { kind: 'config', id: 'oneiric.config.yaml', file: 'oneiric.config.yaml', line: 7 },
      }),
    ]);
    expect(added.map(({ source }) => source)).toEqual([
      owner,
      { ...owner, file: 'oneiric.config.yaml', line: 7 },
    ]);
  });

  it('takes a generator, reads it once, and leaves everything as it was when that throws half-way', async () => {
    const registry = new CandidateRegistry();
    await registry.replaceSource(P, offers(2));
    const before = seen(registry);
    const failure = new Error('the list broke off');
    const broken = function* () {
      yield offer({ provider: 'p0', priority: 4 });
      yield offer({ provider: 'new' });
      throw failure;
    };
    expect(await rejectionOf(registry.replaceSource(P, broken()))).toMatchObject({ cause: failure });
    expect(seen(registry)).toEqual(before);
    const whole = function* () {
      yield* offers(3);
    };
    expect((await registry.replaceSource(P, whole())).added).toHaveLength(1);
  });

  it('retires in a transaction and brings everything back when that is undone', async () => {
    const registry = new CandidateRegistry();
    await registry.replaceSource(P, [...offers(3), offer({ key: 'queue' })]);
    const before = seen(registry);
    await registry
      .transaction(async (tx) => {
        await tx.replaceSource(P, [offer({ key: 'fresh' })]);
        expect(tx.keys()).toEqual([{ domain: 'adapter', key: 'fresh' }]);
        throw new Error('undo');
      })
      .catch(() => undefined);
    expect(seen(registry)).toEqual(before);
    const { unchanged } = await registry.replaceSource(P, [...offers(3), offer({ key: 'queue' })]);
    expect(unchanged).toHaveLength(4);
  });
});

describe('one place twice in one call of one source', () => {
  const calls = {
    registerAll: (registry: CandidateRegistry) =>
      registry.registerAll([
        offer({ source: P }),
        offer({ key: 'queue' }),
        offer({ source: { ...P }, priority: 1 }),
      ]),
    replaceSource: (registry: CandidateRegistry) =>
      registry.replaceSource(P, [offer(), offer({ key: 'queue' }), offer({ priority: 1 })]),
  };

  it.each(Object.entries(calls))(
    'is refused by %s, with the two places and nothing registered',
    async (_name, call) => {
      const registry = new CandidateRegistry();
      expect(await rejectionOf(call(registry))).toMatchObject({
        code: 'ONEIRIC_REGISTRY_DUPLICATE',
        details: { domain: 'adapter', key: 'cache', provider: 'default', indexes: [0, 2] },
        message: expect.stringContaining('plugin "@acme/p"') as string,
      });
      expect(registry.revision).toBe(0);
      expect(registry.keys()).toEqual([]);
    },
  );

  it('is no error for different sources, or for manual ones without an id', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([offer({ source: P }), offer({ source: plugin('q') }), offer(), offer()]);
    expect(providersOf(registry)).toHaveLength(4);
  });
});

describe('a source of replaceSource', () => {
  it.each([
    ['a manual one without an id', { kind: 'manual' }, /needs an id/],
    ['an unknown kind', { kind: 'plugn', id: 'x' }, /source\.kind.*"plugn"/],
    ['an empty id', { kind: 'plugin', id: '' }, /source\.id/],
    ['a text', 'plugin', /"plugin"/],
    ['null', null, /null/],
    ['nothing', undefined, /null/],
  ])('that is %s is refused', async (_what, source, message) => {
    const registry = new CandidateRegistry();
    const error = await rejectionOf(registry.replaceSource(source as never, [offer()]));
    expect(error).toMatchObject({
      code: 'ONEIRIC_REGISTRY_SOURCE_INVALID',
      message: expect.stringMatching(message) as string,
    });
    expect(registry.revision).toBe(0);
  });

  it('that differs from what an input says is refused', async () => {
    const registry = new CandidateRegistry();
    const error = await rejectionOf(
      registry.replaceSource(P, [offer(), offer({ provider: 'x', source: plugin('q') })]),
    );
    expect(error).toMatchObject({
      code: 'ONEIRIC_REGISTRY_SOURCE_INVALID',
      message: expect.stringContaining(
        'candidates[1] says that it comes from plugin "q", not from plugin "@acme/p"',
      ) as string,
    });
  });
});

describe('unregister', () => {
  it('takes out this very registration, once', async () => {
    const registry = new CandidateRegistry();
    const [a, b] = await registry.registerAll([offer({ provider: 'a' }), offer({ provider: 'b' })]);
    expect(await b?.unregister()).toBe(true);
    expect(await b?.unregister()).toBe(false);
    expect(registry.revision).toBe(2);
    expect(registry.resolve('adapter', 'cache')).toBe(a?.candidate);
    expect(await a?.unregister()).toBe(true);
    expect(registry.keys()).toEqual([]);
  });

  it('of a replaced registration does nothing', async () => {
    const registry = new CandidateRegistry();
    const first = await registry.registerCandidate(offer({ source: P }));
    await registry.registerCandidate(offer({ source: P, priority: 1 }));
    expect(await first.unregister()).toBe(false);
    expect(registry.revision).toBe(2);
    expect(providersOf(registry)).toEqual(['default']);
  });

  it('of a retired registration does nothing, also when its source registers the place again', async () => {
    const registry = new CandidateRegistry();
    const first = await registry.registerCandidate(offer({ source: P }));
    await registry.replaceSource(P, []);
    const second = await registry.registerCandidate(offer({ source: P }));
    expect(second.replaced).toBeUndefined();
    expect(second.candidate.sequence).toBe(2);
    expect(await first.unregister()).toBe(false);
    expect(providersOf(registry)).toEqual(['default']);
  });

  it('happens at the end of a block with `await using`', async () => {
    const registry = new CandidateRegistry();
    {
      await using registration = await registry.registerCandidate(offer());
      expect(registry.resolve('adapter', 'cache')).toBe(registration.candidate);
    }
    expect(registry.resolve('adapter', 'cache')).toBeUndefined();
    expect(registry.revision).toBe(2);
  });

  it('inside a transaction joins it', async () => {
    const registry = new CandidateRegistry();
    const registration = await registry.registerCandidate(offer());
    await registry
      .transaction(async (tx) => {
        expect(await registration.unregister()).toBe(true);
        expect(tx.keys()).toEqual([]);
        await tx.registerCandidate(offer({ provider: 'instead' }));
        throw new Error('undo');
      })
      .catch(() => undefined);
    expect(registry.resolve('adapter', 'cache')).toBe(registration.candidate);
    expect(await registration.unregister()).toBe(true);
  });
});
