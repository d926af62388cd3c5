import { Container } from 'inversify';

import { bindRegistry } from '../../../src/container/bind-registry.js';
import { Resolver } from '../../../src/container/resolver.js';

/**
 * Inversify plans how to resolve an identifier once. What `when` looks at is looked at while planning, and never again.
 */
describe('the trap of the plan cache', () => {
  it('is there in Inversify: a condition on outside state is asked once, and then frozen', () => {
    let state = 'memory';
    const container = new Container();
    for (const provider of ['memory', 'redis']) {
      container
        .bind('cache')
        .toConstantValue(provider)
        .when(() => state === provider);
    }
    expect(container.get('cache')).toBe('memory');
    state = 'redis';
    expect(container.get('cache')).toBe('memory');
  });

  it('is not there in a bound container: every resolution asks the registry, also below a class that was planned', async () => {
    class Holder {
      readonly cache: () => string;
      constructor(cache: () => string) {
        this.cache = cache;
      }
    }
    await using resolver = new Resolver();
    const container = new Container();
    for (const provider of ['memory', 'redis']) {
      const offer = { domain: 'adapter', key: 'cache', provider, scope: 'transient' as const };
      await resolver.register({ ...offer, factory: () => () => provider });
    }
    using _ = bindRegistry(container, resolver);
    container.bind('holder').toResolvedValue((cache: () => string) => new Holder(cache), ['adapter/cache']);
    for (const provider of ['memory', 'redis', 'memory']) {
      await resolver.registry.select('adapter', 'cache', provider);
      expect(container.get<() => string>('adapter/cache')()).toBe(provider);
      expect(container.get<Holder>('holder').cache()).toBe(provider);
    }
  });
});
