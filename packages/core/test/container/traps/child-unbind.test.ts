import { Container } from 'inversify';

import { bindRegistry } from '../../../src/container/bind-registry.js';
import { Resolver } from '../../../src/container/resolver.js';

describe('the trap of unbinding in a child', () => {
  it('is there in Inversify: it deactivates what is bound in the parent, which goes on giving it', () => {
    let closed = 0;
    const parent = new Container();
    parent
      .bind<{ open: boolean }>('cache')
      .toDynamicValue(() => ({ open: true }))
      .inSingletonScope()
      .onDeactivation((cache) => {
        cache.open = false;
        closed++;
      });
    const child = new Container({ parent });
    child.get('cache');
    child.unbind('cache');
    child.unbind('cache');
    expect(closed).toBe(2);
    expect(parent.get('cache')).toEqual({ open: false });
  });

  it('is not there in ours: neither a scope, nor a binding in a child, nor an unbind of the application can close anything', async () => {
    let closed = 0;
    await using resolver = new Resolver();
    const factory = () => ({ isOpen: () => closed === 0, close: () => closed++ });
    await resolver.register({ domain: 'adapter', key: 'cache', factory });
    const parent = new Container();
    using _ = bindRegistry(parent, resolver);
    const cache = await parent.getAsync<{ isOpen(): boolean }>('adapter/cache');
    const child = new Container({ parent });
    const binding = bindRegistry(child, { registry: resolver.registry, lifecycle: resolver.lifecycle });
    const scope = resolver.createScope();
    await scope.getAsync('adapter', 'cache');
    binding[Symbol.dispose]();
    child.unbind('adapter/cache');
    await scope.dispose();
    expect(closed).toBe(0);
    expect(cache.isOpen()).toBe(true);
    expect(parent.get('adapter/cache')).toBe(cache);
  });
});
