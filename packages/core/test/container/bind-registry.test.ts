import { Container, inject, injectable } from 'inversify';

import { bindRegistry } from '../../src/container/bind-registry.js';
import { InjectCandidate, InjectLive } from '../../src/container/inject-candidate.js';
import { Resolver } from '../../src/container/resolver.js';
import { liveServiceId, type serviceId as ServiceIdOf, serviceId } from '../../src/container/service-id.js';
import type { LiveHandle } from '../../src/foundation/live-handle.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { defineKey } from '../../src/registry/define-key.js';
import { codeOf, thrownBy } from './harness/code-of.js';

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
/** As a program without types may use the key object itself. */
const asId = <T>(key: ReturnType<typeof defineKey<T>>) => key as unknown as ReturnType<typeof ServiceIdOf<T>>;

async function application() {
  const registry = new CandidateRegistry();
  const lifecycle = new LifecycleManager(registry);
  await registry.registerAll([offer('memory', 10), offer('redis')]);
  return { registry, lifecycle, container: new Container(), [Symbol.asyncDispose]: () => lifecycle.close() };
}

describe('a bound container', () => {
  it('gives the component by its identifier, by text and by the key itself, now and after every swap', async () => {
    await using app = await application();
    const { container, lifecycle } = app;
    await lifecycle.activate(CACHE);
    using _ = bindRegistry(container, app);
    const cache: Cache = container.get(serviceId(CACHE));
    expect(cache.get('a')).toBe('memory:a');
    await lifecycle.swap(CACHE, { provider: 'redis' });
    expect(cache.get('a')).toBe('redis:a');
    for (const again of [
      container.get(serviceId(CACHE)),
      container.get<Cache>('adapter/cache'),
      container.get(asId(CACHE)),
    ])
      expect(again).toBe(cache);
  });

  it('starts what does not run with getAsync, and only then', async () => {
    await using app = await application();
    using _ = bindRegistry(app.container, app);
    for (const id of [serviceId(CACHE), asId(CACHE)]) {
      const error = thrownBy(() => app.container.get(id));
      expect(error).toMatchObject({ code: 'ONEIRIC_CONTAINER_NOT_ACTIVE' });
      expect(error.message).toMatch(/adapter\/cache.*getAsync/);
    }
    expect(() => new Container({ parent: app.container }).get(serviceId(CACHE))).toThrow(/adapter\/cache/);
    expect(app.lifecycle.status(CACHE).state).toBe('registered');
    const cache = await app.container.getAsync(serviceId(CACHE));
    expect(cache.get('a')).toBe('memory:a');
    expect(app.container.get(serviceId(CACHE))).toBe(cache);
  });

  it('gives to classes of the application, with its own @inject and with ours', async () => {
    @injectable()
    class Orders {
      readonly byText: Cache;
      readonly byKey: Cache;
      readonly live: LiveHandle<Cache>;
      constructor(
        @inject('adapter/cache') byText: Cache,
        @InjectCandidate(CACHE) byKey: Cache,
        @InjectLive(CACHE) live: LiveHandle<Cache>,
      ) {
        this.byText = byText;
        this.byKey = byKey;
        this.live = live;
      }
    }
    await using app = await application();
    using _ = bindRegistry(app.container, app);
    app.container.bind(Orders).toSelf().inSingletonScope();
    const orders = await app.container.getAsync(Orders);
    await app.lifecycle.swap(CACHE, { provider: 'redis' });
    expect([orders.byText.get('a'), orders.byKey.get('b')]).toEqual(['redis:a', 'redis:b']);
    expect(await orders.live.use((cache) => cache.get('c'))).toBe('redis:c');
    expect(orders.live).toBe(app.container.get(liveServiceId(CACHE)));
  });

  it('gives what is registered after it was bound', async () => {
    await using app = await application();
    using _ = bindRegistry(app.container, app);
    await app.registry.registerCandidate({ domain: 'service', key: 'late', factory: () => ({ late: true }) });
    expect(await app.container.getAsync('service/late')).toMatchObject({ late: true });
  });

  it('gives it to child containers', async () => {
    await using app = await application();
    using _ = bindRegistry(app.container, app);
    const child = new Container({ parent: app.container });
    const cache = await child.getAsync(serviceId(CACHE));
    await app.lifecycle.swap(CACHE, { provider: 'redis' });
    expect(child.get(serviceId(CACHE))).toBe(cache);
    expect(cache.get('a')).toBe('redis:a');
  });

  it('gives a transient anew at every get', async () => {
    await using app = await application();
    await app.registry.registerCandidate({
      domain: 'service',
      key: 'id',
      scope: 'transient',
      factory: () => ({}),
    });
    using _ = bindRegistry(app.container, app);
    expect(app.container.get('service/id')).not.toBe(app.container.get('service/id'));
  });

  it('tells in its errors what nothing wins for, once everything of it was taken out', async () => {
    await using app = await application();
    using _ = bindRegistry(app.container, app);
    await app.registry.replaceSource({ kind: 'plugin', id: 'x' }, [
      { domain: 'service', key: 'gone', factory: () => ({}) },
    ]);
    await app.registry.replaceSource({ kind: 'plugin', id: 'x' }, []);
    expect(thrownBy(() => app.container.get('service/gone'))).toMatchObject({
      code: 'ONEIRIC_CONTAINER_MISSING',
    });
  });

  it('constructs classes of the resolver, each component anew, also where the application has bound the class', async () => {
    class Store {
      readonly cache: Cache;
      constructor(@InjectCandidate(CACHE) cache: Cache) {
        this.cache = cache;
      }
    }
    await using resolver = new Resolver();
    await resolver.register(offer('memory'));
    await resolver.register(Store, { domain: 'adapter', key: 'store', scope: 'transient' });
    const container = new Container();
    using _ = bindRegistry(container, resolver);
    container.bind(Store).toSelf().inSingletonScope();
    const store = (await resolver.getAsync('adapter', 'store')) as Store;
    expect(resolver.get('adapter', 'store')).not.toBe(store);
    expect(container.get(Store)).toBe(container.get(Store));
  });
});

it('a get too early of a class of the application starts nothing, and harms neither the class nor the process', async () => {
  @injectable()
  class Orders {
    readonly caches: readonly Cache[];
    constructor(@InjectCandidate(CACHE) one: Cache, @InjectCandidate(CACHE) two: Cache) {
      this.caches = [one, two];
    }
  }
  const registry = new CandidateRegistry();
  await using lifecycle = new LifecycleManager(registry);
  let tries = 0;
  await registry.registerCandidate({
    ...CACHE,
    factory: async () => {
      tries++;
      throw new Error('the network is down');
    },
  });
  const container = new Container();
  container.bind(Orders).toSelf().inSingletonScope();
  using _ = bindRegistry(container, { registry, lifecycle });
  expect(codeOf(() => container.get(Orders))).toBe('ONEIRIC_CONTAINER_NOT_ACTIVE');
  expect(codeOf(() => container.getAll(Orders))).toBe('ONEIRIC_CONTAINER_NOT_ACTIVE');
  expect(tries).toBe(0);
  await registry.registerCandidate({ ...offer('memory', 99) });
  await lifecycle.activate(CACHE);
  expect(container.get(Orders).caches.map((cache) => cache.get('a'))).toEqual(['memory:a', 'memory:a']);
});

describe('a key that nobody has ever offered', () => {
  const NEAR = defineKey<Cache>('adapter', 'cahce');
  @injectable()
  class Orders {
    readonly cache: Cache;
    constructor(@InjectCandidate(NEAR) cache: Cache) {
      this.cache = cache;
    }
  }
  @injectable()
  class Desk {
    readonly orders: Orders;
    constructor(@inject(Orders) orders: Orders) {
      this.orders = orders;
    }
  }
  @injectable()
  class Live {
    readonly cache: LiveHandle<Cache>;
    constructor(@InjectLive(NEAR) cache: LiveHandle<Cache>) {
      this.cache = cache;
    }
  }

  it('is told by the container with the class that asks, the nearest name and what Inversify says', async () => {
    await using app = await application();
    const { container } = app;
    container.bind(Orders).toSelf();
    container.bind(Desk).toSelf();
    container.bind(Live).toSelf();
    using _ = bindRegistry(container, app);
    const ids = [Orders, Desk, Live, serviceId(NEAR), asId(NEAR)] as ReturnType<
      typeof ServiceIdOf<unknown>
    >[];
    for (const id of ids) {
      const error = thrownBy(() => container.get(id));
      expect(error).toMatchObject({
        code: 'ONEIRIC_CONTAINER_MISSING',
        details: { nearest: 'adapter/cache' },
      });
      expect(error.message).toMatch(/^adapter\/cahce: .*Did you mean "adapter\/cache"\?/);
      expect(error.cause).toMatchObject({
        message: expect.stringMatching(/No bindings|identifier|service id/) as unknown,
      });
      await expect(container.getAsync(id)).rejects.toMatchObject({ message: error.message });
    }
    expect(thrownBy(() => container.get(Desk)).message).toMatch(/The class Orders asks for it/);
  });

  it('leaves what is none of ours to Inversify', async () => {
    await using app = await application();
    using _ = bindRegistry(app.container, app);
    const missing = thrownBy(() => app.container.get('no/key-of-ours'));
    expect(missing.constructor.name).toBe('InversifyCoreError');
    const own = new Error('No bindings for today');
    app.container.bind('own').toDynamicValue(() => {
      throw own;
    });
    expect(thrownBy(() => app.container.get('own'))).toBe(own);
  });
});

describe('snapshot and restore', () => {
  const LATE = defineKey<Cache>('adapter', 'late');
  const late = { ...LATE, factory: (): Cache => ({ get: () => 'late' }) };

  it('leave every key bound, also one that came between them', async () => {
    await using app = await application();
    const { container, registry } = app;
    const binding = bindRegistry(container, app);
    container.snapshot();
    container.snapshot();
    await registry.registerCandidate(late);
    container.restore();
    expect((await container.getAsync(serviceId(LATE))).get('a')).toBe('late');
    container.restore();
    for (const id of [serviceId(LATE), asId(LATE), serviceId(CACHE)])
      expect((await container.getAsync(id)).get('a')).toMatch(/late|memory/);
    binding[Symbol.dispose]();
    expect(container.isBound(serviceId(LATE))).toBe(false);
  });

  it('of a snapshot from before bring nothing of ours back', async () => {
    await using app = await application();
    app.container.snapshot();
    using _ = bindRegistry(app.container, app);
    app.container.restore();
    expect(app.container.isBound(serviceId(CACHE))).toBe(false);
  });

  it('leave the classes of the resolver constructible', async () => {
    class Store {
      readonly cache: Cache;
      constructor(@InjectCandidate(CACHE) cache: Cache) {
        this.cache = cache;
      }
    }
    await using resolver = new Resolver();
    await resolver.register(offer('memory'));
    await resolver.register(Store, { domain: 'adapter', key: 'store', scope: 'transient' });
    const container = new Container();
    using _ = bindRegistry(container, resolver);
    container.snapshot();
    await resolver.getAsync('adapter', 'store');
    container.restore();
    expect(resolver.get('adapter', 'store')).toBeInstanceOf(Store);
  });
});

describe('the end of a binding', () => {
  it('takes out the classes that were constructed through the container', async () => {
    class Store {
      readonly cache: Cache;
      constructor(@InjectCandidate(CACHE) cache: Cache) {
        this.cache = cache;
      }
    }
    await using resolver = new Resolver();
    await resolver.register(offer('memory'));
    await resolver.register(Store, { domain: 'adapter', key: 'store', scope: 'transient' });
    const bound = new Set<unknown>();
    class Counting extends Container {
      override bind<T>(id: Parameters<Container['bind']>[0]) {
        bound.add(id);
        return super.bind<T>(id as never);
      }
    }
    const container = new Counting();
    const binding = bindRegistry(container, resolver);
    await resolver.getAsync('adapter', 'store');
    binding[Symbol.dispose]();
    expect(bound.size).toBeGreaterThan(6);
    expect([...bound].filter((id) => container.isBound(id as never))).toEqual([]);
  });

  it('takes out what it bound, and nothing else', async () => {
    await using app = await application();
    app.container.bind('own').toConstantValue(1);
    const binding = bindRegistry(app.container, app);
    binding[Symbol.dispose]();
    expect(Object.keys(Object.getOwnPropertyDescriptors(app.container))).toEqual([]);
    for (const id of [serviceId(CACHE), asId(CACHE), liveServiceId(CACHE)])
      expect(app.container.isBound(id)).toBe(false);
    expect(app.container.get('own')).toBe(1);
    await app.registry.registerCandidate({ domain: 'service', key: 'late', factory: () => ({}) });
    expect(app.container.isBound('service/late')).toBe(false);
  });

  it('leaves alone what the application binds to an identifier after it took ours away', async () => {
    await using app = await application();
    const binding = bindRegistry(app.container, app);
    app.container.unbind('adapter/cache');
    app.container.bind('adapter/cache').toConstantValue('own');
    binding[Symbol.dispose]();
    expect(app.container.get('adapter/cache')).toBe('own');
  });

  it('survives that the application unbinds everything', async () => {
    await using app = await application();
    const binding = bindRegistry(app.container, app);
    app.container.unbindAll();
    binding[Symbol.dispose]();
    binding[Symbol.dispose]();
    using _ = bindRegistry(app.container, app);
    expect(app.container.isBound('adapter/cache')).toBe(true);
  });

  it('closes the lifecycle that it made for a bare registry, when it is awaited', async () => {
    const registry = new CandidateRegistry();
    let closed = 0;
    await registry.registerCandidate({ ...CACHE, factory: () => ({ get: String, close: () => closed++ }) });
    const container = new Container();
    {
      await using _ = bindRegistry(container, registry);
      await container.getAsync(serviceId(CACHE));
    }
    expect(closed).toBe(1);
  });
});

describe('where the application has bound an identifier itself', () => {
  const occupied = async () => {
    const app = await application();
    app.container.bind('adapter/cache').toConstantValue('own');
    return app;
  };

  it('nothing is bound, and the error names it', async () => {
    await using app = await occupied();
    const error = thrownBy(() => bindRegistry(app.container, app));
    expect(error).toMatchObject({ code: 'ONEIRIC_CONTAINER_ALREADY_BOUND' });
    expect(error.message).toContain('"adapter/cache"');
    expect(app.container.isBound(asId(CACHE))).toBe(false);
    expect(app.container.get('adapter/cache')).toBe('own');
  });

  it('its binding stays on demand, and the rest is bound', async () => {
    await using app = await occupied();
    await app.lifecycle.activate(CACHE);
    const binding = bindRegistry(app.container, app, { onConflict: 'application' });
    expect(app.container.get('adapter/cache')).toBe('own');
    expect(app.container.get(asId(CACHE)).get('a')).toBe('memory:a');
    binding[Symbol.dispose]();
    expect(app.container.get('adapter/cache')).toBe('own');
  });

  it('the registry counts on demand', async () => {
    await using app = await occupied();
    await app.lifecycle.activate(CACHE);
    using _ = bindRegistry(app.container, app, { onConflict: 'registry' });
    expect(app.container.get<Cache>('adapter/cache').get('a')).toBe('memory:a');
  });

  it('in a parent only, ours is bound in the child and the parent keeps its own', async () => {
    await using app = await occupied();
    await app.lifecycle.activate(CACHE);
    const child = new Container({ parent: app.container });
    const binding = bindRegistry(child, app);
    expect(child.get<Cache>('adapter/cache').get('a')).toBe('memory:a');
    binding[Symbol.dispose]();
    expect(child.get('adapter/cache')).toBe('own');
  });
});

it('what is no container, and an unknown option, are refused', async () => {
  await using app = await application();
  expect(codeOf(() => bindRegistry({} as Container, app))).toBe('ONEIRIC_CONTAINER_ARGUMENT_INVALID');
  expect(codeOf(() => bindRegistry(app.container, app, { onConflict: 'no' as 'refuse' }))).toBe(
    'ONEIRIC_CONTAINER_ARGUMENT_INVALID',
  );
  expect(codeOf(() => bindRegistry(app.container, null as never))).toBe('ONEIRIC_CONTAINER_ARGUMENT_INVALID');
});
