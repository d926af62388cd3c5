import { basename } from 'node:path';
import { Provides } from '../../src/container/provides.js';
import { Resolver } from '../../src/container/resolver.js';
import type { LiveHandle } from '../../src/foundation/live-handle.js';
import { defineKey } from '../../src/registry/define-key.js';

interface Cache {
  get(name: string): string;
}
const CACHE = defineKey<Cache>('adapter', 'cache');
const CLOCK = defineKey<{ now(): number }>('service', 'clock');

class Orders {
  readonly cache: Cache;
  readonly clock: LiveHandle<{ now(): number }>;
  constructor(cache: Cache, clock: LiveHandle<{ now(): number }>) {
    this.cache = cache;
    this.clock = clock;
  }
  async list(): Promise<string> {
    return `${this.cache.get('orders')} at ${await this.clock.use((clock) => clock.now())}`;
  }
}
const ORDERS = defineKey<Orders>('service', 'orders');

async function resolver(): Promise<Resolver> {
  const resolver = new Resolver();
  await resolver.register({ ...CACHE, factory: () => ({ get: (name) => `memory:${name}` }) });
  await resolver.registerValue(CLOCK, { now: () => 42 });
  return resolver;
}

describe('without a decorator', () => {
  it('a function is given the live handles of what it injects, with their types', async () => {
    await using application = await resolver();
    await application.register({
      ...ORDERS,
      inject: { cache: CACHE, clock: CLOCK, byName: 'adapter/cache' },
      factory: ({ inject }) => {
        expect(inject.byName).toBe(inject.cache);
        return new Orders(inject.cache.proxy, inject.clock);
      },
    });
    expect(await (await application.getAsync(ORDERS)).list()).toBe('memory:orders at 42');
  });

  it('a class is given the list of its offer', async () => {
    await using application = await resolver();
    await application.register(Orders, { ...ORDERS, inject: [CACHE, { live: 'clock' }] });
    expect(await (await application.getAsync(ORDERS)).list()).toBe('memory:orders at 42');
  });

  it('a class is given the list of its Provides', async () => {
    class Listed extends Orders {
      readonly isListed = true;
    }
    Provides({ ...ORDERS, provider: 'listed', inject: ['adapter/cache', { live: CLOCK }] })(Listed);
    await using application = await resolver();
    await application.register(Listed);
    expect(await (await application.getAsync(ORDERS)).list()).toBe('memory:orders at 42');
  });

  it('a class is given its own static list', async () => {
    class Static extends Orders {
      static readonly inject = [CACHE, { live: CLOCK }];
    }
    await using application = await resolver();
    await application.register(Static, ORDERS);
    expect(await (await application.getAsync(ORDERS)).list()).toBe('memory:orders at 42');
  });

  it('a class with a list follows swaps as any other', async () => {
    await using application = await resolver();
    await application.register({
      ...CACHE,
      provider: 'redis',
      factory: () => ({ get: (name) => `redis:${name}` }),
    });
    await application.register(Orders, { ...ORDERS, inject: [CACHE, { live: CLOCK }] });
    const orders = await application.getAsync(ORDERS);
    await application.lifecycle.swap(CACHE, { provider: 'redis' });
    expect(await orders.list()).toBe('redis:orders at 42');
  });
});

it('what is registered through a resolver was written where the resolver was called', async () => {
  await using application = await resolver();
  for (const candidate of [application.resolve(CACHE), application.resolve(CLOCK)]) {
    expect(basename(candidate?.origins.site?.file ?? '')).toBe('providers.test.ts');
  }
});
