import { Container, type ResolutionContext } from 'inversify';

import { bindRegistry } from '../../../src/container/bind-registry.js';
import { Resolver } from '../../../src/container/resolver.js';
import { thrownBy } from '../harness/code-of.js';

const CHAIN = ['orders', 'repository', 'database'] as const;

describe('the trap of the lost path', () => {
  it('is there in Inversify: what a dynamic value throws comes without the way to it', () => {
    const container = new Container();
    const give = (next: string) => (context: ResolutionContext) => ({ next: context.get(next) });
    container.bind('orders').toDynamicValue(give('repository'));
    container.bind('repository').toDynamicValue(give('database'));
    container.bind('database').toDynamicValue(() => {
      throw new Error('no route to host');
    });
    const error = thrownBy(() => container.get('orders'));
    for (const name of CHAIN) expect(error.message).not.toContain(name);
  });

  it('is not there in ours: the container of the application, too, tells the whole path', async () => {
    await using resolver = new Resolver();
    const scope = 'transient';
    await resolver.register({
      domain: 'service',
      key: 'orders',
      scope,
      inject: { rows: 'repository' },
      factory: () => ({}),
    });
    await resolver.register({
      domain: 'service',
      key: 'repository',
      scope,
      inject: { db: 'database' },
      factory: () => ({}),
    });
    const { unregister } = await resolver.register({
      domain: 'service',
      key: 'database',
      scope,
      factory: () => {
        throw new Error('no route to host');
      },
    });
    const container = new Container();
    using _ = bindRegistry(container, resolver);
    const path = /service\/orders .*→ service\/repository .*as "rows".*→ service\/database .*as "db"/;
    expect(thrownBy(() => container.get('service/orders')).message).toMatch(path);
    expect(thrownBy(() => container.get('service/orders')).message).toMatch(/no route to host/);
    await unregister();
    expect(thrownBy(() => container.get('service/orders')).message).toMatch(path);
    await resolver.register({
      domain: 'service',
      key: 'database',
      scope,
      inject: { o: 'orders' },
      factory: () => ({}),
    });
    expect(thrownBy(() => container.get('service/orders')).message).toMatch(
      /→ service\/database .*→ service\/orders .*a cycle/,
    );
  });
});
