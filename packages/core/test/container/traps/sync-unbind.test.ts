import { Container } from 'inversify';

import { bindRegistry } from '../../../src/container/bind-registry.js';
import { Resolver } from '../../../src/container/resolver.js';

describe('the trap of the synchronous unbind', () => {
  it('is there in Inversify: it throws after it has begun an asynchronous deactivation, and the closed one stays bound', async () => {
    let closed = 0;
    const container = new Container();
    container
      .bind('cache')
      .toDynamicValue(() => ({ name: 'memory' }))
      .inSingletonScope()
      .onDeactivation(async () => {
        closed++;
      });
    const cache = container.get('cache');
    expect(() => {
      container.unbind('cache');
    }).toThrow(/Unexpected asynchronous deactivation/);
    expect(closed).toBe(1);
    expect(container.get('cache')).toBe(cache);
  });

  it('is not there in ours: a binding is taken out at once, whatever the component takes to close, and closes nothing', async () => {
    let closed = 0;
    const resolver = new Resolver();
    const close = async () => {
      closed++;
    };
    await resolver.register({ domain: 'adapter', key: 'cache', factory: () => ({ close }) });
    const container = new Container();
    const binding = bindRegistry(container, resolver);
    await container.getAsync('adapter/cache');
    binding[Symbol.dispose]();
    expect(container.isBound('adapter/cache')).toBe(false);
    expect(closed).toBe(0);
    await resolver.dispose();
    expect(closed).toBe(1);
  });
});
