import { Container } from 'inversify';

import { bindRegistry } from '../../../src/container/bind-registry.js';
import { Resolver } from '../../../src/container/resolver.js';

/** Fails the first time. */
function flakyFactory() {
  let tries = 0;
  return async () => {
    if (++tries === 1) throw new Error('the network is down');
    return { tries };
  };
}

describe('the trap of the poisoned singleton', () => {
  it('is there in Inversify: an asynchronous singleton that failed once fails for ever, and cannot be replaced', async () => {
    const container = new Container();
    container.bind('cache').toDynamicValue(flakyFactory()).inSingletonScope();
    await expect(container.getAsync('cache')).rejects.toThrow('the network is down');
    await expect(container.getAsync('cache')).rejects.toThrow('the network is down');
    await expect(container.rebindAsync('cache')).rejects.toThrow('the network is down');
    await expect(container.unbindAsync('cache')).rejects.toThrow('the network is down');
  });

  it('is not there in ours: what failed can be asked for again, by the resolver and by the container', async () => {
    await using resolver = new Resolver();
    await resolver.register({ domain: 'adapter', key: 'cache', factory: flakyFactory() });
    await resolver.register({ domain: 'adapter', key: 'queue', factory: flakyFactory() });
    const container = new Container();
    using _ = bindRegistry(container, resolver);
    await expect(resolver.getAsync('adapter', 'cache')).rejects.toThrow('the network is down');
    expect(await resolver.getAsync('adapter', 'cache')).toMatchObject({ tries: 2 });
    await expect(container.getAsync('adapter/queue')).rejects.toThrow('the network is down');
    expect(await container.getAsync('adapter/queue')).toMatchObject({ tries: 2 });
    expect(container.get('adapter/queue')).toMatchObject({ tries: 2 });
  });
});
