import { Container, inject, injectable } from 'inversify';

import { bindRegistry } from '../../../src/container/bind-registry.js';
import { InjectCandidate } from '../../../src/container/inject-candidate.js';
import { serviceId } from '../../../src/container/service-id.js';
import { Resolver } from '../../../src/container/resolver.js';
import { defineKey } from '../../../src/registry/define-key.js';

class Cache {
  readonly provider: string;
  isClosed = false;
  constructor(provider: string) {
    this.provider = provider;
  }
  close(): void {
    this.isClosed = true;
  }
  whoAmI(): string {
    return this.isClosed ? `${this.provider}, closed` : this.provider;
  }
}
const CACHE = defineKey<Cache>('adapter', 'cache');

describe('the trap of the stale holder', () => {
  it('is there in Inversify: who was given a singleton keeps it after a rebind has deactivated it', async () => {
    @injectable()
    class Holder {
      readonly cache: Cache;
      constructor(@inject(Cache) cache: Cache) {
        this.cache = cache;
      }
    }
    const container = new Container();
    container.bind(Holder).toSelf().inSingletonScope();
    const bind = (provider: string) => ({ to: () => new Cache(provider) });
    container
      .bind(Cache)
      .toDynamicValue(bind('memory').to)
      .inSingletonScope()
      .onDeactivation((cache) => {
        cache.close();
      });
    const holder = container.get(Holder);
    (await container.rebindAsync(Cache)).toDynamicValue(bind('redis').to).inSingletonScope();
    expect(container.get(Holder)).toBe(holder);
    expect(holder.cache.whoAmI()).toBe('memory, closed');
  });

  it('is not there in ours: who was given it before a swap calls the new one after it', async () => {
    @injectable()
    class Holder {
      readonly cache: Cache;
      constructor(@InjectCandidate(CACHE) cache: Cache) {
        this.cache = cache;
      }
    }
    await using resolver = new Resolver();
    await resolver.register({
      ...CACHE,
      provider: 'memory',
      priority: 1,
      factory: () => new Cache('memory'),
    });
    await resolver.register({ ...CACHE, provider: 'redis', factory: () => new Cache('redis') });
    const container = new Container();
    using _ = bindRegistry(container, resolver);
    container.bind(Holder).toSelf().inSingletonScope();
    const holder = await container.getAsync(Holder);
    const first = await resolver.lifecycle.activate(CACHE);
    await resolver.lifecycle.swap(CACHE, { provider: 'redis' });
    expect(first.whoAmI()).toBe('memory, closed');
    expect(holder.cache.whoAmI()).toBe('redis');
    expect(container.get(serviceId(CACHE)).whoAmI()).toBe('redis');
  });
});
