import { Resolver } from '../../src/container/resolver.js';
import { defineKey } from '../../src/registry/define-key.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { codeOf } from './harness/code-of.js';

interface Cache {
  get(name: string): string;
}

const CACHE = defineKey<Cache>('adapter', 'cache');
const offer = (provider: string, priority = 0) => ({
  ...CACHE,
  provider,
  priority,
  factory: (): Cache => ({ get: (name) => `${provider}:${name}` }),
});

describe('a singleton', () => {
  it('is given by get as the same proxy that getAsync gave, and follows a swap', async () => {
    await using resolver = new Resolver();
    await resolver.register(offer('memory', 10));
    await resolver.register(offer('redis'));
    const cache = await resolver.getAsync(CACHE);
    expect(cache.get('a')).toBe('memory:a');
    expect(resolver.get(CACHE)).toBe(cache);
    expect(resolver.get('adapter', 'cache')).toBe(cache);
    await resolver.lifecycle.swap(CACHE, { provider: 'redis' });
    expect(cache.get('a')).toBe('redis:a');
    expect(resolver.get(CACHE)).toBe(cache);
  });

  it('that does not run is refused by get with the advice to use getAsync or activate, and nothing is started', async () => {
    await using resolver = new Resolver();
    let built = 0;
    await resolver.register({ ...CACHE, factory: () => ({ get: () => String(++built) }) });
    expect(() => resolver.get(CACHE)).toThrow(/adapter\/cache.*getAsync.*activate/);
    expect(codeOf(() => resolver.get(CACHE))).toBe('ONEIRIC_CONTAINER_NOT_ACTIVE');
    expect(built).toBe(0);
  });

  it('is built once for all who ask at the same time', async () => {
    await using resolver = new Resolver();
    let built = 0;
    await resolver.register({ ...CACHE, factory: async () => ({ get: () => String(++built) }) });
    const all = await Promise.all(Array.from({ length: 50 }, () => resolver.getAsync(CACHE)));
    expect(new Set(all).size).toBe(1);
    expect(all[0]?.get('')).toBe('1');
  });

  it('goes on being given when nothing wins any more', async () => {
    await using resolver = new Resolver();
    const { unregister } = await resolver.register(offer('memory'));
    const cache = await resolver.getAsync(CACHE);
    await unregister();
    expect(resolver.get(CACHE)).toBe(cache);
    expect(await resolver.getAsync(CACHE)).toBe(cache);
    expect(cache.get('a')).toBe('memory:a');
  });

  it('that is a primitive is given as it is, and as the new one after a swap', async () => {
    const LIMIT = defineKey<number>('setting', 'limit');
    await using resolver = new Resolver();
    await resolver.register({ ...LIMIT, provider: 'low', priority: 1, factory: () => 10 });
    await resolver.register({ ...LIMIT, provider: 'high', factory: () => 99 });
    expect(await resolver.getAsync(LIMIT)).toBe(10);
    await resolver.lifecycle.swap(LIMIT, { provider: 'high' });
    expect(resolver.get(LIMIT)).toBe(99);
  });

  it('that is a function is given as a function that follows a swap', async () => {
    const HASH = defineKey<(text: string) => string>('service', 'hash');
    await using resolver = new Resolver();
    await resolver.register({
      ...HASH,
      provider: 'a',
      priority: 1,
      factory: () => (text: string) => `a${text}`,
    });
    await resolver.register({ ...HASH, provider: 'b', factory: () => (text: string) => `b${text}` });
    const hash = await resolver.getAsync(HASH);
    expect(hash('x')).toBe('ax');
    await resolver.lifecycle.swap(HASH, { provider: 'b' });
    expect(hash('x')).toBe('bx');
    expect(resolver.get(HASH)).toBe(hash);
  });
});

describe('a value', () => {
  it('that wins is active as soon as it is registered', async () => {
    await using resolver = new Resolver();
    await resolver.registerValue(CACHE, { get: (name) => `value:${name}` });
    expect(resolver.get(CACHE).get('a')).toBe('value:a');
  });

  it('is never closed: it can be swapped out and rolled back to, and whoever made it closes it', async () => {
    let closed = 0;
    const value = { get: () => 'value', close: () => closed++ };
    const resolver = new Resolver();
    await resolver.registerValue(CACHE, value);
    await resolver.register(offer('redis'));
    await resolver.lifecycle.swap(CACHE, { provider: 'redis' });
    await resolver.lifecycle.rollback(CACHE);
    expect(resolver.get(CACHE).get('')).toBe('value');
    await resolver.dispose();
    expect(closed).toBe(0);
  });

  it('that is registered in a transaction is active as soon as somebody asks for it afterwards', async () => {
    await using resolver = new Resolver();
    await resolver.registry.transaction(() => resolver.registerValue(CACHE, { get: () => 'value' }));
    expect((await resolver.getAsync(CACHE)).get('')).toBe('value');
  });

  it('that loses is not started', async () => {
    await using resolver = new Resolver();
    await resolver.register(offer('memory', 10));
    await resolver.registerValue({ ...CACHE, provider: 'value' }, { get: () => '' });
    expect(resolver.lifecycle.status(CACHE).state).toBe('registered');
  });
});

describe('a transient component', () => {
  const ID = defineKey<{ readonly id: number; readonly cache: Cache }>('service', 'id');
  let ids = 0;

  it('is built anew at every get, with the proxies of the singletons it is given', async () => {
    await using resolver = new Resolver();
    await resolver.register(offer('memory'));
    await resolver.register({
      ...ID,
      scope: 'transient',
      inject: { cache: CACHE },
      factory: ({ inject }) => ({ id: ids++, cache: inject.cache.proxy }),
    });
    expect(codeOf(() => resolver.get(ID))).toBe('ONEIRIC_CONTAINER_NOT_ACTIVE');
    const first = await resolver.getAsync(ID);
    const second = resolver.get(ID);
    expect(second).not.toBe(first);
    expect(second.id).toBe(first.id + 1);
    expect(second.cache).toBe(resolver.get(CACHE));
  });

  it('is given transients of its own', async () => {
    const OUTER = defineKey<{ readonly one: object; readonly two: object }>('service', 'outer');
    await using resolver = new Resolver();
    await resolver.register({
      ...ID,
      scope: 'transient',
      factory: () => ({ id: ids++, cache: { get: String } }),
    });
    await resolver.register({
      ...OUTER,
      scope: 'transient',
      inject: { one: ID, two: ID },
      factory: ({ inject }) => ({ one: inject.one.proxy, two: inject.two.proxy }),
    });
    const { one, two } = resolver.get(OUTER);
    expect(one).not.toBe(two);
    expect(await resolver.getAsync(OUTER)).not.toEqual({ one, two });
  });

  it('that is built asynchronously is refused by get and given by getAsync', async () => {
    await using resolver = new Resolver();
    await resolver.register({
      ...ID,
      scope: 'transient',
      factory: async () => ({ id: 1, cache: { get: String } }),
    });
    expect(codeOf(() => resolver.get(ID))).toBe('ONEIRIC_CONTAINER_ASYNC');
    expect((await resolver.getAsync(ID)).id).toBe(1);
  });

  it('has the settings that the lifecycle gives', async () => {
    await using resolver = new Resolver({ lifecycleOptions: { settings: () => ({ id: 7 }) } });
    await resolver.register({
      ...ID,
      scope: 'transient',
      factory: ({ settings }) => ({ id: (settings as { id: number }).id, cache: { get: String } }),
    });
    expect(resolver.get(ID).id).toBe(7);
    expect((await resolver.getAsync(ID)).id).toBe(7);
  });

  it('is loaded by getAsync where its factory is a reference', async () => {
    const loadFactory = () => () => ({ id: 3, cache: { get: String } });
    await using resolver = new Resolver({ lifecycleOptions: { loadFactory } });
    await resolver.register({ ...ID, scope: 'transient', factory: './id.js#create' });
    expect(codeOf(() => resolver.get(ID))).toBe('ONEIRIC_CONTAINER_ASYNC');
    expect((await resolver.getAsync(ID)).id).toBe(3);
  });

  it('is given as soon as it wins over a singleton that runs', async () => {
    await using resolver = new Resolver({ lifecycleOptions: { follow: false } });
    await resolver.register(offer('memory'));
    const cache = await resolver.getAsync(CACHE);
    await resolver.register({ ...offer('fresh', 99), scope: 'transient' });
    expect(resolver.get(CACHE)).not.toBe(cache);
    expect(resolver.get(CACHE).get('a')).toBe('fresh:a');
  });
});

describe('the resolver', () => {
  it('answers resolve, explain, listActive and listShadowed as its registry does', async () => {
    const registry = new CandidateRegistry();
    await using resolver = new Resolver({ registry });
    await resolver.register(offer('memory', 10));
    await resolver.register(offer('redis'));
    expect(resolver.resolve(CACHE)).toBe(registry.resolve(CACHE));
    expect(resolver.resolve('adapter', 'cache', { provider: 'redis' })?.provider).toBe('redis');
    expect(resolver.explain(CACHE)).toBe(registry.explain(CACHE));
    expect(resolver.listActive('adapter')).toBe(registry.listActive('adapter'));
    expect(resolver.listShadowed()).toBe(registry.listShadowed());
  });

  it('closes the lifecycle that it made, and leaves one alone that it was given', async () => {
    const registry = new CandidateRegistry();
    await using lifecycle = new LifecycleManager(registry);
    let closed = 0;
    const factory = () => ({ get: String, close: () => closed++ });
    const given = new Resolver({ registry, lifecycle });
    await given.register({ ...CACHE, factory });
    await given.getAsync(CACHE);
    await given.dispose();
    expect(closed).toBe(0);
    const own = new Resolver();
    await own.register({ ...CACHE, factory });
    await own.getAsync(CACHE);
    await Promise.all([own.dispose(), own.dispose()]);
    expect(closed).toBe(1);
  });

  it('gives nothing after it was disposed', async () => {
    const resolver = new Resolver();
    await resolver.register(offer('memory'));
    await resolver.getAsync(CACHE);
    await resolver.dispose();
    expect(codeOf(() => resolver.get(CACHE))).toBe('ONEIRIC_CONTAINER_CLOSED');
    await expect(resolver.getAsync(CACHE)).rejects.toMatchObject({ code: 'ONEIRIC_CONTAINER_CLOSED' });
    expect(codeOf(() => resolver.createScope())).toBe('ONEIRIC_CONTAINER_CLOSED');
    expect(codeOf(() => resolver.get('adapter', 'never-asked-for'))).toBe('ONEIRIC_CONTAINER_CLOSED');
  });

  it('ends the wait of a caller whose signal is aborted, with its reason', async () => {
    await using resolver = new Resolver();
    let open: (cache: Cache) => void = () => undefined;
    const gate = new Promise<Cache>((resolve) => (open = resolve));
    await resolver.register({ ...CACHE, factory: () => gate });
    const controller = new AbortController();
    const waiting = resolver.getAsync(CACHE, { signal: controller.signal });
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    open({ get: String });
  });
});
