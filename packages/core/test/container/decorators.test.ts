import { Container, inject } from 'inversify';

import { bindRegistry } from '../../src/container/bind-registry.js';
import { InjectCandidate, InjectLive } from '../../src/container/inject-candidate.js';
import { Provides } from '../../src/container/provides.js';
import { Resolver } from '../../src/container/resolver.js';
import type { LiveHandle } from '../../src/foundation/live-handle.js';
import { defineKey } from '../../src/registry/define-key.js';

interface Cache {
  get(name: string): string;
}
interface Clock {
  now(): number;
}

const CACHE = defineKey<Cache>('adapter', 'cache');
const CLOCK = defineKey<Clock>('service', 'clock');
const ORDERS = defineKey<OrderService>('service', 'orders');

@Provides({ ...CACHE, provider: 'memory', priority: 10 })
class MemoryCache implements Cache {
  get(name: string): string {
    return `memory:${name}`;
  }
}

@Provides({ ...CACHE, provider: 'redis' })
class RedisCache implements Cache {
  get(name: string): string {
    return `redis:${name}`;
  }
}

@Provides({ ...CLOCK })
class FixedClock implements Clock {
  now(): number {
    return 42;
  }
}

@Provides({ ...ORDERS })
class OrderService {
  readonly cache: Cache;
  readonly clock: LiveHandle<Clock>;

  constructor(@InjectCandidate(CACHE) cache: Cache, @InjectLive(CLOCK) clock: LiveHandle<Clock>) {
    this.cache = cache;
    this.clock = clock;
  }

  async list(): Promise<string> {
    return `${this.cache.get('orders')} at ${await this.clock.use((clock) => clock.now())}`;
  }
}

describe('a decorated class', () => {
  it('is given the proxy for @InjectCandidate and the handle for @InjectLive, and both follow a swap', async () => {
    await using resolver = new Resolver();
    for (const type of [MemoryCache, RedisCache, FixedClock, OrderService]) await resolver.register(type);
    const orders = await resolver.getAsync(ORDERS);
    expect(await orders.list()).toBe('memory:orders at 42');
    await resolver.lifecycle.swap(CACHE, { provider: 'redis' });
    expect(await orders.list()).toBe('redis:orders at 42');
    expect(resolver.resolve(ORDERS)?.inject).toEqual({ parameter0: CACHE, parameter1: CLOCK });
  });

  it('is also given what its application binds, once the resolver is bound to its container', async () => {
    const LOGGER = Symbol('logger');
    @Provides({ domain: 'service', key: 'mail' })
    class Mailer {
      readonly cache: Cache;
      readonly logger: string[];
      constructor(@inject(LOGGER) logger: string[], @InjectCandidate(CACHE) cache: Cache) {
        this.logger = logger;
        this.cache = cache;
      }
    }
    const log: string[] = [];
    const container = new Container();
    container.bind(LOGGER).toConstantValue(log);
    await using resolver = new Resolver();
    for (const type of [MemoryCache, Mailer]) await resolver.register(type);
    using _ = bindRegistry(container, resolver);
    const mailer = (await resolver.getAsync('service', 'mail')) as Mailer;
    expect(mailer.logger).toBe(log);
    expect(mailer.cache.get('a')).toBe('memory:a');
  });

  it('may have injected properties', async () => {
    @Provides({ domain: 'service', key: 'report' })
    class Report {
      @InjectCandidate(CACHE) readonly cache!: Cache;
    }
    await using resolver = new Resolver();
    for (const type of [MemoryCache, Report]) await resolver.register(type);
    const report = (await resolver.getAsync('service', 'report')) as Report;
    expect(report.cache.get('a')).toBe('memory:a');
    expect(resolver.resolve('service', 'report')?.inject).toEqual({ cache: CACHE });
  });

  it('is constructed anew for each candidate that it is', async () => {
    await using resolver = new Resolver();
    await resolver.register(FixedClock);
    await resolver.register(FixedClock, { domain: 'service', key: 'other-clock' });
    const first = await resolver.lifecycle.activate(CLOCK);
    expect(await resolver.lifecycle.activate('service', 'other-clock')).not.toBe(first);
  });

  it('inherits the parameters of a base class whose constructor it has', async () => {
    @Provides({ domain: 'service', key: 'special-orders' })
    class SpecialOrders extends OrderService {}
    await using resolver = new Resolver();
    for (const type of [MemoryCache, FixedClock, SpecialOrders]) await resolver.register(type);
    const orders = (await resolver.getAsync('service', 'special-orders')) as SpecialOrders;
    expect(await orders.list()).toBe('memory:orders at 42');
  });

  it('needs no decorators: the same functions can be called', async () => {
    class Plain {
      readonly cache: Cache;
      constructor(cache: Cache) {
        this.cache = cache;
      }
    }
    InjectCandidate(CACHE)(Plain, undefined, 0);
    Provides({ domain: 'service', key: 'plain' })(Plain);
    await using resolver = new Resolver();
    for (const type of [MemoryCache, Plain]) await resolver.register(type);
    const plain = (await resolver.getAsync('service', 'plain')) as Plain;
    expect(plain.cache.get('a')).toBe('memory:a');
  });
});
