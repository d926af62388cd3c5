import type { Key } from '../../src/foundation/key.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { defineKey } from '../../src/registry/define-key.js';
import { coded } from './harness/coded.js';
import { offer, offers } from './harness/offer.js';

interface Cache {
  get(name: string): unknown;
}
const CACHE = defineKey<Cache>('adapter', 'cache');

describe('a key made by defineKey', () => {
  it('is the identical frozen object for the same names', () => {
    expect(defineKey('adapter', 'cache')).toBe(CACHE);
    expect(Object.isFrozen(CACHE)).toBe(true);
    expect(defineKey('adapter', 'queue')).not.toBe(CACHE);
    expect(CACHE).toEqual({ domain: 'adapter', key: 'cache' });
    expect(Number.isSafeInteger(CACHE.id)).toBe(true);
  });

  it('can be spread into a candidate', async () => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate({ ...CACHE, provider: 'redis', factory: () => ({ get: () => 1 }) });
    expect(registry.resolve(CACHE)?.provider).toBe('redis');
  });

  it('asks what its two names ask, in every read', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll(offers(3, { capabilities: ['kv'] }));
    for (const reads of [registry, registry.snapshot()]) {
      expect(reads.resolve(CACHE)).toBe(reads.resolve('adapter', 'cache'));
      expect(reads.resolve(CACHE)?.provider).toBe('p2');
      expect(reads.require(CACHE)).toBe(reads.require('adapter', 'cache'));
      expect(reads.explain(CACHE)).toBe(reads.explain('adapter', 'cache'));
      expect(reads.resolve(CACHE, { provider: 'p0' })?.provider).toBe('p0');
      expect(reads.resolve(CACHE, { capabilities: ['scan'] })).toBeUndefined();
      expect(
        reads.explain(CACHE, { changes: [{ change: 'without', provider: 'p2' }] }).winner?.provider,
      ).toBe('p1');
    }
    await registry.transaction(async (tx) => {
      await tx.registerCandidate(offer({ provider: 'new' }));
      expect(tx.resolve(CACHE)?.provider).toBe('new');
      expect(registry.resolve(CACHE)?.provider).toBe('new');
    });
  });

  it('follows its key from registry to registry and from commit to commit', async () => {
    const [one, two] = [new CandidateRegistry(), new CandidateRegistry()];
    await one.registerCandidate(offer({ provider: 'one' }));
    expect([one.resolve(CACHE)?.provider, two.resolve(CACHE)?.provider]).toEqual(['one', undefined]);
    await two.registerCandidate(offer({ provider: 'two' }));
    await one.registerCandidate(offer({ provider: 'one-2' }));
    expect([one.resolve(CACHE)?.provider, two.resolve(CACHE)?.provider]).toEqual(['one-2', 'two']);
  });

  it.each(['', '..', 'a/b', '__proto__', 'x'.repeat(129), 5, null])('is refused for the name %p', (name) => {
    expect(() => defineKey(name as string, 'cache')).toThrow(coded('ONEIRIC_REGISTRY_NAME_INVALID'));
    expect(() => defineKey('adapter', name as string)).toThrow(coded('ONEIRIC_REGISTRY_NAME_INVALID'));
  });
});

describe('an object that looks like a key', () => {
  it('is answered by its names, whatever its id, and disturbs nobody else’s look-up', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([offer({ provider: 'cache' }), offer({ key: 'queue', provider: 'queue' })]);
    const forged = (key: string, id: number): Key => ({ domain: 'adapter', key, id });
    for (const id of [CACHE.id, 0, -1, 2 ** 32, 2 ** 40, Number.MAX_SAFE_INTEGER]) {
      expect(registry.resolve(forged('queue', id))?.provider).toBe('queue');
      expect(registry.resolve(forged('cache', id))?.provider).toBe('cache');
      expect(registry.resolve(CACHE)?.provider).toBe('cache');
    }
  });

  it.each([
    ['null', null],
    ['nothing', undefined],
    ['a number', 7],
    ['an empty object', {}],
    ['an object without id', { domain: 'adapter', key: 'cache' }],
    ['an object whose id is a fraction', { domain: 'adapter', key: 'cache', id: 0.5 }],
    ['a function', () => 1],
    ['a list', ['adapter', 'cache']],
  ])('that is %s is refused by every read with a coded error', async (_what, key) => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate(offer());
    for (const reads of [registry, registry.snapshot()]) {
      for (const read of ['resolve', 'require', 'explain'] as const) {
        expect(() => (reads[read] as (only: Key) => unknown).call(reads, key as Key)).toThrow(
          coded('ONEIRIC_REGISTRY_NAME_INVALID'),
        );
      }
    }
  });
});
