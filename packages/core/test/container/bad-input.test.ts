import { Container } from 'inversify';

import { bindRegistry } from '../../src/container/bind-registry.js';
import { InjectCandidate, InjectLive } from '../../src/container/inject-candidate.js';
import { Provides } from '../../src/container/provides.js';
import { Resolver } from '../../src/container/resolver.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { defineKey } from '../../src/registry/define-key.js';
import { LifecycleManager } from '../../src/lifecycle/lifecycle-manager.js';
import { codeOf } from './harness/code-of.js';

const CACHE = defineKey<object>('adapter', 'cache');
const ARGUMENT = 'ONEIRIC_CONTAINER_ARGUMENT_INVALID';
const CLASS = 'ONEIRIC_CONTAINER_CLASS_INVALID';

class Needy {
  readonly cache: unknown;
  constructor(cache: unknown) {
    this.cache = cache;
  }
}

describe('options of a resolver', () => {
  const registry = new CandidateRegistry();
  const lifecycle = new LifecycleManager(registry);

  it.each([
    ['null', null],
    ['text', 'x'],
    ['an unknown name', { registri: registry }],
    ['a registry that is none', { registry: {} }],
    ['a lifecycle that is none', { registry, lifecycle: new Map() }],
    ['a lifecycle without its registry', { lifecycle }],
    ['a lifecycle and options for another', { registry, lifecycle, lifecycleOptions: {} }],
    ['a lifecycle of another copy', { registry, lifecycle: { activate: () => 1, live: () => 1 } }],
  ])('are refused where they are %s', (_, options) => {
    expect(codeOf(() => new Resolver(options as never))).toBe(ARGUMENT);
  });
});

describe('a key', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a domain alone', 'adapter'],
    ['a number', 5],
    ['an object that is none', {}],
  ])('that is %s is refused by every method', async (_, key) => {
    await using resolver = new Resolver();
    for (const call of [
      () => resolver.get(key as never),
      () => resolver.override(key as never, {} as never),
      () => InjectCandidate(key as never),
      () => InjectLive(key as never),
    ])
      expect(codeOf(call)).toBe(ARGUMENT);
    await expect(resolver.getAsync(key as never)).rejects.toMatchObject({ code: ARGUMENT });
  });

  it.each(['', '../x', '__proto__', 'a'.repeat(200)])(
    'named %j is refused, and nothing is polluted',
    async (name) => {
      await using resolver = new Resolver();
      expect(codeOf(() => resolver.get('adapter', name))).toBe('ONEIRIC_REGISTRY_NAME_INVALID');
      expect(codeOf(() => resolver.get(name, 'cache'))).toBe('ONEIRIC_REGISTRY_NAME_INVALID');
      expect(({} as { cache?: unknown }).cache).toBeUndefined();
    },
  );

  it('that somebody has forged gives what the real one gives', async () => {
    await using resolver = new Resolver();
    await resolver.registerValue(CACHE, { real: true });
    const real = resolver.get(CACHE);
    for (const id of [CACHE.id, CACHE.id + 1, 1e9])
      expect(resolver.get({ domain: 'adapter', key: 'cache', id })).toBe(real);
    expect(resolver.get(CACHE)).toBe(real);
  });
});

describe('a class', () => {
  const rejects = async (register: (resolver: Resolver) => Promise<unknown>, code: string): Promise<void> => {
    await using resolver = new Resolver();
    await expect(register(resolver)).rejects.toMatchObject({ code });
    expect(resolver.registry.revision).toBe(0);
  };

  it('that says nothing of what it provides is refused', () =>
    rejects((resolver) => resolver.register(Needy), CLASS));

  it('with a list that is too short is refused', () =>
    rejects((resolver) => resolver.register(Needy, { ...CACHE, inject: [] }), CLASS));

  it('with something in its list that is no key is refused', () =>
    rejects((resolver) => resolver.register(Needy, { ...CACHE, inject: [5 as never] }), ARGUMENT));

  it('with an unknown property in its offer is refused as a candidate is', () =>
    rejects(
      (resolver) => resolver.register(Needy, { ...CACHE, inject: ['clock'], priorty: 5 } as never),
      'ONEIRIC_REGISTRY_CANDIDATE_INVALID',
    ));

  it('with a parameter that nothing is said of is told when it is constructed, with what to do', async () => {
    await using resolver = new Resolver();
    await resolver.register(Needy, { ...CACHE, scope: 'transient' });
    expect(() => resolver.get(CACHE)).toThrow(
      /Needy has parameters that nothing is said of.*@InjectCandidate/,
    );
    await expect(resolver.getAsync(CACHE)).rejects.toThrow(/@InjectCandidate/);
  });

  it('whose parameter only an application knows is told by name when there is no application', async () => {
    await using resolver = new Resolver();
    await resolver.register(Needy, { ...CACHE, scope: 'transient' });
    using _ = bindRegistry(new Container(), resolver);
    expect(codeOf(() => resolver.get(CACHE))).toBe('ONEIRIC_CONTAINER_FAILED');
  });

  it('is refused by Provides where that is given nothing', () => {
    expect(codeOf(() => Provides(undefined as never))).toBe(ARGUMENT);
  });
});

it('a function without properties of a candidate is taken for a class, and refused as one', async () => {
  await using resolver = new Resolver();
  await expect(resolver.register((() => ({})) as never)).rejects.toMatchObject({ code: CLASS });
});

it('a thenable that lies is told as a factory that is asynchronous', async () => {
  await using resolver = new Resolver();
  const factory = () => ({ then: () => undefined });
  await resolver.register({ ...CACHE, scope: 'transient', factory: factory });
  expect(codeOf(() => resolver.get(CACHE))).toBe('ONEIRIC_CONTAINER_ASYNC');
});

it.each([[null], [undefined]])('%s is no value, and is not registered as one', async (value) => {
  await using resolver = new Resolver();
  await expect(resolver.registerValue({ ...CACHE }, value as never)).rejects.toMatchObject({
    code: ARGUMENT,
  });
  expect(resolver.resolve(CACHE)).toBeUndefined();
});

it('a value of any scope but singleton is not registered', async () => {
  await using resolver = new Resolver();
  const offer = { ...CACHE, scope: 'transient' } as never;
  await expect(resolver.registerValue(offer, {})).rejects.toMatchObject({ code: ARGUMENT });
  expect(resolver.resolve(CACHE)).toBeUndefined();
});
