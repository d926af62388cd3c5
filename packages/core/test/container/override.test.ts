import { Resolver } from '../../src/container/resolver.js';
import { defineKey } from '../../src/registry/define-key.js';
import { codeOf } from './harness/code-of.js';

interface Cache {
  get(name: string): string;
}

const CACHE = defineKey<Cache>('adapter', 'cache');
const ORDERS = defineKey<{ list(): string }>('service', 'orders');
const fake = (name: string): Cache => ({ get: () => name });

async function application(): Promise<{ resolver: Resolver; built: string[] }> {
  const built: string[] = [];
  const resolver = new Resolver();
  await resolver.register({
    ...CACHE,
    factory: () => {
      built.push('cache');
      return fake('real');
    },
  });
  await resolver.register({
    ...ORDERS,
    inject: { cache: CACHE },
    factory: ({ inject }) => ({ list: () => inject.cache.proxy.get('orders') }),
  });
  return { resolver, built };
}

describe('an override', () => {
  it('is seen by what already holds the component, and is gone for all of them when it is restored', async () => {
    const { resolver } = await application();
    await using _ = resolver;
    const orders = await resolver.getAsync(ORDERS);
    const cache = resolver.get(CACHE);
    const restore = resolver.override(CACHE, fake('fake'));
    expect(orders.list()).toBe('fake');
    expect(cache.get('')).toBe('fake');
    expect(resolver.get(CACHE).get('')).toBe('fake');
    restore();
    expect(orders.list()).toBe('real');
    expect(resolver.get(CACHE).get('')).toBe('real');
  });

  it('keeps the real one from being started, and leaves nothing of itself in what was built meanwhile', async () => {
    const { resolver, built } = await application();
    await using _ = resolver;
    const restore = resolver.override(CACHE, fake('fake'));
    const orders = await resolver.getAsync(ORDERS);
    expect(orders.list()).toBe('fake');
    expect(built).toEqual([]);
    restore();
    expect(() => orders.list()).toThrow(/adapter\/cache is not running/);
    await resolver.getAsync(CACHE);
    expect(orders.list()).toBe('real');
  });

  it('ends with the block of a using, and of an await using', async () => {
    const { resolver } = await application();
    await using _ = resolver;
    const cache = await resolver.getAsync(CACHE);
    {
      using _fake = resolver.override(CACHE, fake('fake'));
      expect(cache.get('')).toBe('fake');
    }
    expect(cache.get('')).toBe('real');
    {
      await using _fake = resolver.override('adapter', 'cache', fake('fake'));
      expect(cache.get('')).toBe('fake');
    }
    expect(cache.get('')).toBe('real');
  });

  it('nests, and one that is restored out of turn, or twice, leaves the others alone', async () => {
    const { resolver } = await application();
    await using _ = resolver;
    const cache = await resolver.getAsync(CACHE);
    const first = resolver.override(CACHE, fake('first'));
    const second = resolver.override(CACHE, fake('second'));
    expect(cache.get('')).toBe('second');
    first();
    first();
    expect(cache.get('')).toBe('second');
    second();
    expect(cache.get('')).toBe('real');
  });

  it('survives a swap of what it stands for, and is never closed', async () => {
    const { resolver } = await application();
    await using _ = resolver;
    await resolver.register({ ...CACHE, provider: 'other', factory: () => fake('other') });
    const cache = await resolver.getAsync(CACHE);
    let closed = 0;
    const restore = resolver.override(CACHE, { get: () => 'fake', close: () => closed++ } as Cache);
    await resolver.lifecycle.swap(CACHE, { provider: 'other' });
    expect(cache.get('')).toBe('fake');
    restore();
    expect(cache.get('')).toBe('other');
    expect(closed).toBe(0);
  });

  it('of a scope is seen by that scope and those below it, and by nobody else', async () => {
    const { resolver } = await application();
    await using _ = resolver;
    await resolver.getAsync(CACHE);
    await using scope = resolver.createScope();
    await using below = scope.createScope();
    await using beside = resolver.createScope();
    using _fake = scope.override(CACHE, fake('fake'));
    const seen = [resolver, scope, below, beside].map((each) => each.get(CACHE).get(''));
    expect(seen).toEqual(['real', 'fake', 'fake', 'real']);
  });

  it('of a transient component is what get gives, the very object', async () => {
    await using resolver = new Resolver();
    await resolver.register({ ...CACHE, scope: 'transient', factory: () => fake('real') });
    const given = fake('fake');
    using _fake = resolver.override(CACHE, given);
    expect(resolver.get(CACHE)).toBe(given);
    expect(await resolver.getAsync(CACHE)).toBe(given);
  });

  it('of a key that nobody offers stands all the same', async () => {
    await using resolver = new Resolver();
    using _fake = resolver.override(CACHE, fake('fake'));
    expect(resolver.get(CACHE).get('')).toBe('fake');
    expect((await resolver.getAsync(CACHE)).get('')).toBe('fake');
  });
});

it.each([null, undefined])(
  'an override by %s is refused, and nothing stands in for the component',
  async (fake) => {
    await using resolver = new Resolver();
    await resolver.register({ ...CACHE, factory: () => ({ get: () => 'real' }) });
    await resolver.getAsync(CACHE);
    expect(codeOf(() => resolver.override(CACHE, fake as never))).toBe('ONEIRIC_CONTAINER_ARGUMENT_INVALID');
    expect(codeOf(() => resolver.override('adapter', 'cache', fake))).toBe(
      'ONEIRIC_CONTAINER_ARGUMENT_INVALID',
    );
    expect(resolver.get(CACHE).get('a')).toBe('real');
  },
);

it('an override on a resolver that was disposed is refused', async () => {
  const resolver = new Resolver();
  await resolver.register({ ...CACHE, factory: () => fake('real') });
  await resolver.getAsync(CACHE);
  await resolver.dispose();
  expect(codeOf(() => resolver.override(CACHE, { get: () => 'fake' }))).toBe('ONEIRIC_CONTAINER_CLOSED');
});
