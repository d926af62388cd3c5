import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import type { Registration } from '../../src/registry/registration.js';
import type { RegistrySnapshot } from '../../src/registry/registry-snapshot.js';
import { offer, offers, plugin } from './harness/offer.js';
import { providersOf, seen, tag } from './harness/seen.js';

describe('a snapshot', () => {
  it('tells the same for good, whatever is written after it', async () => {
    const registry = new CandidateRegistry();
    const kept = await registry.registerAll([...offers(3), offer({ key: 'queue', source: plugin('p') })]);
    const snapshot = registry.snapshot();
    const before = seen(snapshot);
    await registry.registerCandidate(offer({ provider: 'best', priority: 9 }));
    await registry.registerCandidate(offer({ domain: 'service', key: 'mailer' }));
    await registry.select('adapter', 'cache', 'p0');
    await registry.mark(kept[1]!.candidate, 'PAUSED', 'x');
    await registry.replaceSource(plugin('p'), []);
    for (const { unregister } of kept) await unregister();
    expect(seen(snapshot)).toEqual(before);
    expect(snapshot.revision).toBe(1);
    expect(seen(registry)).not.toEqual(before);
  });

  it('gives the candidates themselves, and explains as the registry did', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll(offers(2));
    const snapshot = registry.snapshot();
    expect(snapshot.resolve('adapter', 'cache')).toBe(registry.resolve('adapter', 'cache'));
    expect(snapshot.require('adapter', 'cache')).toBe(registry.require('adapter', 'cache'));
    expect(snapshot.explain('adapter', 'cache')).toBe(registry.explain('adapter', 'cache'));
    expect(snapshot.listActive()).toBe(registry.listActive());
    expect(
      snapshot.explain('adapter', 'cache', { changes: [{ change: 'selection', to: 'p0' }] }).winner?.provider,
    ).toBe('p0');
  });

  it('keeps the decision of a key whose requirement goes later', async () => {
    const registry = new CandidateRegistry();
    const { unregister } = await registry.registerCandidate(offer({ domain: 'service', key: 'net' }));
    await registry.registerCandidate(offer({ requires: ['service/net'] }));
    const asked = registry.snapshot();
    asked.resolve('adapter', 'cache');
    const unasked = registry.snapshot();
    await unregister();
    expect(registry.resolve('adapter', 'cache')).toBeUndefined();
    for (const snapshot of [asked, unasked])
      expect(snapshot.resolve('adapter', 'cache')?.provider).toBe('default');
  });

  it('that nobody had read before a requirement went decides in its own state', async () => {
    const registry = new CandidateRegistry();
    const { unregister } = await registry.registerCandidate(offer({ domain: 'service', key: 'net' }));
    await registry.registerCandidate(offer({ requires: ['service/net'] }));
    const snapshot = registry.snapshot();
    await unregister();
    expect(snapshot.resolve('adapter', 'cache')?.provider).toBe('default');
    expect(snapshot.explain('adapter', 'cache').candidates).toMatchObject([{ state: 'active' }]);
  });
});

/** Each key comes and goes; every state on the way is kept. */
async function comingAndGoing(): Promise<
  readonly { readonly snapshot: RegistrySnapshot; readonly seen: ReturnType<typeof seen> }[]
> {
  const registry = new CandidateRegistry();
  const states: { snapshot: RegistrySnapshot; seen: ReturnType<typeof seen> }[] = [];
  const keep = (): void => {
    const snapshot = registry.snapshot();
    states.push({ snapshot, seen: seen(snapshot) });
  };
  keep();
  const registered = new Map<string, Registration>();
  for (let round = 0; round < 60; round++) {
    const key = `k${(round * 7) % 5}`;
    const known = registered.get(key);
    if (known === undefined) {
      registered.set(
        key,
        await registry.registerCandidate(
          offer({ key, provider: `r${round}`, requires: [`k${(round * 3) % 5}`] }),
        ),
      );
    } else {
      await known.unregister();
      registered.delete(key);
    }
    keep();
  }
  return states;
}

describe('a key that is emptied and registered again', () => {
  it('is found by every older snapshot as it was then', async () => {
    const states = await comingAndGoing();
    for (const state of states) expect(seen(state.snapshot)).toEqual(state.seen);
    expect(new Set(states.map((state) => JSON.stringify(state.seen.active))).size).toBeGreaterThan(20);
  });

  it('is found in no snapshot in which it was not there', async () => {
    const registry = new CandidateRegistry();
    const never = registry.snapshot();
    const first = await registry.registerCandidate(offer({ provider: 'first' }));
    const one = registry.snapshot();
    await first.unregister();
    const gone = registry.snapshot();
    await registry.registerCandidate(offer({ provider: 'second' }));
    const two = registry.snapshot();
    for (const [snapshot, provider] of [
      [never, undefined],
      [one, 'first'],
      [gone, undefined],
      [two, 'second'],
    ] as const) {
      expect(snapshot.resolve('adapter', 'cache')?.provider).toBe(provider);
      expect(snapshot.listActive().map((candidate) => candidate.provider)).toEqual(
        provider === undefined ? [] : [provider],
      );
      expect(snapshot.keys()).toHaveLength(provider === undefined ? 0 : 1);
      expect(providersOf(snapshot)).toEqual(provider === undefined ? [] : [provider]);
    }
  });

  it('shows its old requirement to an older snapshot and the new one to the registry', async () => {
    const registry = new CandidateRegistry();
    const net = await registry.registerCandidate(
      offer({ domain: 'service', key: 'net', capabilities: ['tls'] }),
    );
    await registry.registerCandidate(
      offer({ requires: [{ domain: 'service', key: 'net', capabilities: ['tls'] }] }),
    );
    const old = registry.snapshot();
    await net.unregister();
    await registry.registerCandidate(offer({ domain: 'service', key: 'net' }));
    expect(registry.explain('adapter', 'cache').candidates).toMatchObject([{ code: 'REQUIREMENT_MISSING' }]);
    expect(old.explain('adapter', 'cache').candidates).toMatchObject([{ state: 'active' }]);
  });

  it('is decided anew for those that require it, whichever cell they were noted for', async () => {
    const registry = new CandidateRegistry();
    const user = offer({ provider: 'user', requires: ['service/net'] });
    for (let round = 0; round < 3; round++) {
      const registration = await registry.registerCandidate(user);
      expect(registry.resolve('adapter', 'cache')).toBeUndefined();
      const net = await registry.registerCandidate(offer({ domain: 'service', key: 'net' }));
      expect(registry.resolve('adapter', 'cache')?.provider).toBe('user');
      await net.unregister();
      expect(registry.resolve('adapter', 'cache')).toBeUndefined();
      await registration.unregister();
    }
    expect(registry.keys()).toEqual([]);
  });

  it('inside one transaction is the same key all the time, and outsiders keep the old one until the commit', async () => {
    const registry = new CandidateRegistry();
    const first = await registry.registerCandidate(offer({ provider: 'first' }));
    const outside = registry.snapshot();
    await registry.transaction(async (tx) => {
      await first.unregister();
      const emptied = tx.snapshot();
      await tx.registerCandidate(offer({ provider: 'second' }));
      expect(emptied.keys()).toEqual([]);
      expect(emptied.resolve('adapter', 'cache')).toBeUndefined();
      expect(tx.listActive().map(tag)).toEqual(['adapter/cache=second#2']);
    });
    expect(outside.resolve('adapter', 'cache')?.provider).toBe('first');
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('second');
    expect(registry.revision).toBe(2);
  });

  it('with a typed key is found anew after it came back, through the same key object', async () => {
    const { defineKey } = await import('../../src/registry/define-key.js');
    const registry = new CandidateRegistry();
    const KEY = defineKey('adapter', 'comes.and.goes');
    for (let round = 0; round < 3; round++) {
      expect(registry.resolve(KEY)).toBeUndefined();
      const registration = await registry.registerCandidate(
        offer({ key: 'comes.and.goes', provider: `r${round}` }),
      );
      expect(registry.resolve(KEY)?.provider).toBe(`r${round}`);
      const snapshot = registry.snapshot();
      await registration.unregister();
      expect(registry.resolve(KEY)).toBeUndefined();
      expect(snapshot.resolve(KEY)?.provider).toBe(`r${round}`);
    }
  });

  it('keeps a published state complete after a rolled back transaction has removed its own cells', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([offer({ key: 'a' }), offer({ key: 'b' })]);
    const before = seen(registry);
    await registry
      .transaction(async (tx) => {
        await tx.registerAll(['x', 'y', 'z'].map((key) => offer({ key })));
        throw new Error('undo');
      })
      .catch(() => undefined);
    expect(seen(registry)).toEqual(before);
    expect(registry.resolve('adapter', 'x')).toBeUndefined();
    expect(registry.explain('adapter', 'x').outcome).toBe('none');
    await registry.registerCandidate(offer({ key: 'x' }));
    expect(registry.listActive()).toHaveLength(3);
  });
});
