import { Provides } from '../../src/container/provides.js';
import { InjectCandidate } from '../../src/container/inject-candidate.js';
import { Resolver } from '../../src/container/resolver.js';
import type { CandidateInput } from '../../src/decision/candidate.js';
import { ResolutionError } from '../../src/decision/resolution-error.js';
import { codeOf, thrownBy } from './harness/code-of.js';

const offer = (
  name: string,
  needs: Readonly<Record<string, string>> = {},
  rest: Partial<CandidateInput> = {},
): CandidateInput => {
  const [domain = '', key = ''] = name.split('/');
  return { domain, key, inject: needs, factory: () => ({ name }), ...rest };
};

async function resolverWith(...inputs: readonly CandidateInput[]): Promise<Resolver> {
  const resolver = new Resolver();
  await resolver.registry.registerAll(inputs);
  return resolver;
}

const rejection = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('resolved'),
    (error: unknown) => error as Error,
  );

const shown = (error: Error): string => error.message.split('\n')[0] ?? '';

describe('the error of a missing link', () => {
  const inputs = (scope: 'singleton' | 'transient') => [
    offer('service/orders', { cache: 'adapter/cache' }, { scope }),
    offer('adapter/cache', { clock: 'service/clock' }, { provider: 'redis', scope }),
  ];

  it.each(['singleton', 'transient'] as const)(
    'of a %s tells the whole path, and carries the explanation',
    async (scope) => {
      await using resolver = await resolverWith(...inputs(scope));
      for (const error of [
        thrownBy(() => resolver.get('service', 'orders')),
        await rejection(resolver.getAsync('service', 'orders')),
      ]) {
        expect(error).toMatchObject({ code: 'ONEIRIC_CONTAINER_MISSING' });
        expect(shown(error)).toMatch(
          /^service\/orders \(default\) → adapter\/cache \(redis, as "cache"\) → service\/clock \(as "clock"\): Nothing is registered/,
        );
        expect(error.cause).toBeInstanceOf(ResolutionError);
        expect((error.cause as ResolutionError).explanation.summary).toBe(
          resolver.explain('service', 'clock').summary,
        );
      }
    },
  );

  it('comes before anything is built', async () => {
    let built = 0;
    const factory = () => ({ n: ++built });
    await using resolver = await resolverWith(
      offer('service/orders', { first: 'first', gone: 'gone' }),
      offer('service/first', {}, { factory }),
    );
    expect((await rejection(resolver.getAsync('service', 'orders'))).message).toMatch(/service\/gone/);
    expect(built).toBe(0);
  });

  it('is that of a name nobody offers, with the nearest that somebody does', async () => {
    await using resolver = await resolverWith(offer('adapter/cache'));
    expect(thrownBy(() => resolver.get('adapter', 'cahce')).message).toMatch(/Did you mean "?adapter\/cache/);
  });
});

describe('the error of a circle', () => {
  it.each(['singleton', 'transient', 'scoped'] as const)(
    'of %s components tells the way round',
    async (scope) => {
      await using resolver = await resolverWith(
        offer('service/a', { b: 'b' }, { scope }),
        offer('service/b', { c: 'c' }, { scope }),
        offer('service/c', { a: 'a' }, { scope }),
      );
      await using scoped = resolver.createScope();
      for (const error of [
        thrownBy(() => scoped.get('service', 'a')),
        await rejection(scoped.getAsync('service', 'a')),
      ]) {
        expect(error).toMatchObject({ code: 'ONEIRIC_CONTAINER_CYCLE' });
        expect(shown(error)).toMatch(/service\/a .*→ service\/b .*→ service\/c .*→ service\/a .*as "a"/);
      }
    },
  );
});

describe('a singleton that holds something shorter-lived', () => {
  it.each(['scoped', 'transient'] as const)(
    'is refused where that is %s, with the path to it',
    async (scope) => {
      await using resolver = await resolverWith(
        offer('service/app', { orders: 'orders' }),
        offer('service/orders', { request: 'request' }),
        offer('service/request', {}, { scope }),
      );
      const error = await rejection(resolver.getAsync('service', 'app'));
      expect(error).toMatchObject({ code: 'ONEIRIC_CONTAINER_SCOPE_LEAK' });
      expect(error.message).toMatch(/service\/app .*→ service\/orders .*→ service\/request .*as "request"/);
    },
  );
});

describe('what a constructor or a factory throws', () => {
  const cause = new Error('no route to host');
  const factory = (): never => {
    throw cause;
  };

  it('deep down under singletons is told with the whole path, and is the cause', async () => {
    await using resolver = await resolverWith(
      offer('service/orders', { cache: 'adapter/cache' }),
      offer('adapter/cache', { net: 'adapter/net' }),
      offer('adapter/net', {}, { factory }),
    );
    const error = await rejection(resolver.getAsync('service', 'orders'));
    expect(shown(error)).toMatch(/service\/orders .*→ adapter\/cache .*→ adapter\/net .*no route to host/);
    expect(chainOf(error)).toContain(cause);
  });

  it('deep down under transients is told with the whole path, and is the cause', async () => {
    const scope = 'transient';
    await using resolver = await resolverWith(
      offer('service/orders', { cache: 'adapter/cache' }, { scope }),
      offer('adapter/cache', { net: 'adapter/net' }, { scope }),
      offer('adapter/net', {}, { factory, scope }),
    );
    for (const error of [
      thrownBy(() => resolver.get('service', 'orders')),
      await rejection(resolver.getAsync('service', 'orders')),
    ]) {
      expect(error).toMatchObject({ code: 'ONEIRIC_CONTAINER_FAILED', cause });
      expect(shown(error)).toBe(
        'service/orders (default) → adapter/cache (default, as "cache") → adapter/net (default, as "net"): Error: no route to host',
      );
    }
  });

  it('in a singleton under a transient is told with the path through both', async () => {
    await using resolver = await resolverWith(
      offer('service/orders', { cache: 'adapter/cache' }, { scope: 'transient' }),
      offer('adapter/cache', { net: 'adapter/net' }),
      offer('adapter/net', {}, { factory }),
    );
    const error = await rejection(resolver.getAsync('service', 'orders'));
    expect(error).toMatchObject({ code: 'ONEIRIC_CONTAINER_FAILED' });
    expect(shown(error)).toMatch(/service\/orders .*→ adapter\/cache .*→ adapter\/net .*no route to host/);
    expect(chainOf(error)).toContain(cause);
  });

  it('in a decorated class is told, too', async () => {
    class Broken {
      readonly net = factory();
    }
    Provides({ domain: 'adapter', key: 'net', scope: 'transient' })(Broken);
    class Orders {
      readonly net: unknown;
      constructor(net: unknown) {
        this.net = net;
      }
    }
    InjectCandidate('adapter', 'net')(Orders, undefined, 0);
    Provides({ domain: 'service', key: 'orders', scope: 'transient' })(Orders);
    await using resolver = new Resolver();
    for (const type of [Broken, Orders]) await resolver.register(type);
    const error = thrownBy(() => resolver.get('service', 'orders'));
    expect(error).toMatchObject({ code: 'ONEIRIC_CONTAINER_FAILED', cause });
    expect(error.message).toMatch(/service\/orders .*→ adapter\/net .*no route to host/);
  });
});

it('a factory that gives nothing is told as one that failed', async () => {
  await using resolver = await resolverWith(
    offer('service/a', {}, { scope: 'transient', factory: () => undefined }),
  );
  expect(codeOf(() => resolver.get('service', 'a'))).toBe('ONEIRIC_CONTAINER_FAILED');
  await expect(resolver.getAsync('service', 'a')).rejects.toThrow(/gave undefined/);
});

/** An error and all its causes. */
function chainOf(error: unknown): readonly unknown[] {
  return error instanceof Error ? [error, ...chainOf(error.cause)] : [];
}
