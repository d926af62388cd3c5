import { Resolver } from '../../src/container/resolver.js';
import type { CandidateInput } from '../../src/decision/candidate.js';
import { thrownBy } from './harness/code-of.js';

type Offer = Partial<CandidateInput> & { readonly needs?: Readonly<Record<string, string>> };

/** Offers of `domain/key`, none of which may be built. */
async function resolverWith(offers: Readonly<Record<string, Offer>>): Promise<Resolver> {
  const resolver = new Resolver();
  for (const [name, { needs = {}, ...offer }] of Object.entries(offers)) {
    const [domain = '', key = ''] = name.split('/');
    const factory = () => {
      throw new Error(`${name} was built`);
    };
    await resolver.register({ domain, key, inject: needs, factory, ...offer });
  }
  return resolver;
}

const tell = (resolver: Resolver) =>
  resolver.validate().map(({ kind, path }) => `${kind} ${path.map(({ key }) => key).join(' ')}`);

describe('validate', () => {
  it('finds nothing where everything fits together', async () => {
    await using resolver = await resolverWith({
      'service/orders': { needs: { cache: 'adapter/cache', clock: 'clock' } },
      'adapter/cache': { needs: { clock: 'service/clock' } },
      'service/clock': {},
    });
    expect(resolver.validate()).toEqual([]);
    resolver.assertValid();
  });

  it('tells the whole way to a missing link, with what was found on it, why nothing wins, and the nearest name', async () => {
    await using resolver = await resolverWith({
      'service/orders': { provider: 'sql', needs: { cache: 'adapter/cache' } },
      'adapter/cache': { provider: 'redis', needs: { clock: 'service/clokc' } },
      'service/clock': {},
    });
    const [problem, ...others] = resolver.validate();
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ kind: 'missing', nearest: 'service/clock' });
    expect(problem?.path).toEqual([
      { domain: 'service', key: 'orders', provider: 'sql', parameter: null },
      { domain: 'adapter', key: 'cache', provider: 'redis', parameter: 'cache' },
      { domain: 'service', key: 'clokc', provider: null, parameter: 'clock' },
    ]);
    expect(problem?.kind === 'missing' && problem.explanation.winner).toBeNull();
    expect(problem?.message).toMatch(
      /service\/orders \(sql\) → adapter\/cache \(redis, as "cache"\) → service\/clokc \(as "clock"\): .*Did you mean "?service\/clock/,
    );
  });

  it.each([
    [1, ['cycle s0 s0']],
    [2, ['cycle s0 s1 s0']],
    [7, ['cycle s0 s1 s2 s3 s4 s5 s6 s0']],
  ])('finds a circle of %i', async (length, expected) => {
    const offers = Array.from({ length }, (_, index): [string, Offer] => [
      `service/s${index}`,
      { needs: { next: `service/s${(index + 1) % length}` } },
    ]);
    await using resolver = await resolverWith(Object.fromEntries(offers));
    expect(tell(resolver)).toEqual(expected);
  });

  it('does not take two ways to the same component for a circle', async () => {
    await using resolver = await resolverWith({
      'service/a': { needs: { b: 'b', c: 'c' } },
      'service/b': { needs: { d: 'd' } },
      'service/c': { needs: { d: 'd' } },
      'service/d': {},
    });
    expect(tell(resolver)).toEqual([]);
  });

  it.each([
    ['singleton', 'singleton', []],
    ['singleton', 'scoped', ['scope-leak holder held']],
    ['singleton', 'transient', ['scope-leak holder held']],
    ['scoped', 'singleton', []],
    ['scoped', 'scoped', []],
    ['scoped', 'transient', []],
    ['transient', 'singleton', []],
    ['transient', 'scoped', []],
    ['transient', 'transient', []],
  ] as const)('of a %s that holds a %s says %j', async (holder, held, expected) => {
    await using resolver = await resolverWith({
      'service/holder': { scope: holder, needs: { held: 'held' } },
      'service/held': { scope: held },
    });
    expect(tell(resolver)).toEqual(expected);
  });

  it('finds a selection of a provider that nobody offers, with the nearest that somebody does', async () => {
    await using resolver = await resolverWith({ 'adapter/cache': { provider: 'redis' } });
    await resolver.registry.select('adapter', 'cache', { provider: 'rediss', policy: 'prefer' });
    expect(resolver.validate()).toMatchObject([{ kind: 'unknown-name', name: 'rediss', nearest: 'redis' }]);
  });

  it('finds everything at once, and assertValid throws all of it', async () => {
    await using resolver = await resolverWith({
      'service/a': { needs: { gone: 'adapter/gone', request: 'request' } },
      'service/b': { needs: { self: 'b', gone: 'adapter/gone' } },
      'service/request': { scope: 'scoped' },
    });
    expect(tell(resolver)).toEqual(['missing a gone', 'scope-leak a request', 'cycle b b', 'missing b gone']);
    const error = thrownBy(() => {
      resolver.assertValid();
    });
    expect(error).toMatchObject({ code: 'ONEIRIC_CONTAINER_GRAPH_INVALID' });
    expect(error.message.split('\n')).toHaveLength(5);
  });

  it('takes no stack, however deep the graph is', async () => {
    const depth = 5_000;
    const resolver = new Resolver();
    await resolver.registry.registerAll(
      Array.from({ length: depth }, (_, index) => ({
        domain: 'service',
        key: `s${index}`,
        inject: index + 1 < depth ? { next: `s${index + 1}` } : { gone: 'gone' },
        factory: () => ({}),
      })),
    );
    expect(resolver.validate()).toHaveLength(1);
  });
});
