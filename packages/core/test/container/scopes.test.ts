import { Resolver } from '../../src/container/resolver.js';
import { defineKey } from '../../src/registry/define-key.js';
import { codeOf } from './harness/code-of.js';

interface Thing {
  readonly name: string;
  close(): void | Promise<void>;
}

const CACHE = defineKey<Thing>('adapter', 'cache');
const REQUEST = defineKey<Thing>('service', 'request');
const UNIT = defineKey<Thing & { readonly request: Thing }>('service', 'unit');

let log: string[] = [];
let made = 0;
beforeEach(() => {
  log = [];
  made = 0;
});

const thing = (name: string): Thing => ({
  name: `${name}${++made}`,
  close: () => {
    log.push(name);
  },
});

async function resolverWithScoped(): Promise<Resolver> {
  const resolver = new Resolver();
  await resolver.register({ ...CACHE, factory: () => thing('cache') });
  await resolver.register({
    ...REQUEST,
    scope: 'scoped',
    inject: { cache: CACHE },
    factory: () => thing('request'),
  });
  await resolver.register({
    ...UNIT,
    scope: 'scoped',
    inject: { request: REQUEST },
    factory: ({ inject }) => ({ ...thing('unit'), request: inject.request.proxy }),
  });
  return resolver;
}

describe('a scoped component', () => {
  it('is one in each scope, and another one in every other', async () => {
    await using resolver = await resolverWithScoped();
    await resolver.getAsync(CACHE);
    await using one = resolver.createScope();
    await using two = resolver.createScope();
    expect(one.get(REQUEST)).toBe(one.get(REQUEST));
    expect(one.get(UNIT).request).toBe(one.get(REQUEST));
    expect(two.get(REQUEST)).not.toBe(one.get(REQUEST));
    expect(one.get(CACHE)).toBe(two.get(CACHE));
  });

  it('is refused by a resolver that is no scope', async () => {
    await using resolver = await resolverWithScoped();
    expect(codeOf(() => resolver.get(REQUEST))).toBe('ONEIRIC_CONTAINER_SCOPE_NEEDED');
    await expect(resolver.getAsync(REQUEST)).rejects.toThrow(/service\/request.*createScope/);
  });

  it('is built once for all who ask at the same time, and its singletons are started first', async () => {
    await using resolver = await resolverWithScoped();
    await using scope = resolver.createScope();
    const [unit, request, again] = await Promise.all([
      scope.getAsync(UNIT),
      scope.getAsync(REQUEST),
      scope.getAsync(REQUEST),
    ]);
    expect(unit.request).toBe(request);
    expect(again).toBe(request);
    expect(scope.get(UNIT)).toBe(unit);
  });

  it('can be tried again after it could not be built', async () => {
    await using resolver = new Resolver();
    let tries = 0;
    await resolver.register({
      ...REQUEST,
      scope: 'scoped',
      factory: async () => {
        if (++tries === 1) throw new Error('not yet');
        return thing('request');
      },
    });
    await using scope = resolver.createScope();
    await expect(scope.getAsync(REQUEST)).rejects.toThrow(/service\/request.*not yet/);
    expect((await scope.getAsync(REQUEST)).name).toBe('request1');
  });

  it('stays what it is for as long as its scope, also when another one wins', async () => {
    await using resolver = await resolverWithScoped();
    await using scope = resolver.createScope();
    const request = await scope.getAsync(REQUEST);
    await resolver.register({
      ...REQUEST,
      provider: 'new',
      priority: 9,
      scope: 'scoped',
      factory: () => thing('new'),
    });
    expect(scope.get(REQUEST)).toBe(request);
    await using later = resolver.createScope();
    expect(later.get(REQUEST).name).toMatch(/^new/);
  });
});

describe('the end of a scope', () => {
  it('closes what was built in it once, in reverse order, and nothing of its parent', async () => {
    await using resolver = await resolverWithScoped();
    const scope = resolver.createScope();
    await scope.getAsync(UNIT);
    await Promise.all([scope.dispose(), scope.dispose()]);
    expect(log).toEqual(['unit', 'request']);
    expect(resolver.get(CACHE).name).toMatch(/^cache/);
    expect(codeOf(() => scope.get(CACHE))).toBe('ONEIRIC_CONTAINER_CLOSED');
    await resolver.dispose();
    expect(log).toEqual(['unit', 'request', 'cache']);
  });

  it('comes with that of its parent, before what it is built upon is closed', async () => {
    const resolver = await resolverWithScoped();
    await resolver.createScope().getAsync(UNIT);
    await resolver.createScope().createScope().getAsync(REQUEST);
    await resolver.dispose();
    expect(log).toEqual(['unit', 'request', 'request', 'cache']);
  });

  it('closes the rest where something cannot be closed, and tells everything that could not', async () => {
    await using resolver = new Resolver();
    const close = (name: string) => () => {
      log.push(name);
      throw new Error(name);
    };
    for (const name of ['a', 'b']) {
      const factory = () => ({ name, close: close(name) });
      await resolver.register({ domain: 'service', key: name, scope: 'scoped', factory });
    }
    const scope = resolver.createScope();
    for (const name of ['a', 'b']) scope.get('service', name);
    const error: unknown = await scope.dispose().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AggregateError);
    expect((error as AggregateError).errors.map((each: Error) => each.message)).toEqual(['b', 'a']);
    expect(log).toEqual(['b', 'a']);
  });

  it('waits for what is being built in it, and closes that, too', async () => {
    await using resolver = new Resolver();
    let open: (instance: Thing) => void = () => undefined;
    const gate = new Promise<Thing>((resolve) => (open = resolve));
    await resolver.register({ ...REQUEST, scope: 'scoped', factory: () => gate });
    const scope = resolver.createScope();
    const asked = scope.getAsync(REQUEST);
    const disposed = scope.dispose();
    open(thing('late'));
    await asked;
    await disposed;
    expect(log).toEqual(['late']);
  });
});

describe('a factory that hangs', () => {
  const hanging = (): Promise<Thing> => new Promise(() => undefined);

  it.each(['transient', 'scoped'] as const)(
    'of a %s component is given up after the activation time',
    async (scope) => {
      await using resolver = new Resolver({ lifecycleOptions: { timeouts: { activationMs: 20 } } });
      await resolver.register({ ...REQUEST, scope, factory: hanging });
      await resolver.register({
        ...UNIT,
        scope,
        inject: { request: REQUEST },
        factory: () => thing('unit') as never,
      });
      const error: unknown = await resolver
        .createScope()
        .getAsync(UNIT)
        .catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({
        code: 'ONEIRIC_CONTAINER_FAILED',
        message: expect.stringMatching(/service\/unit.*service\/request.*20 ms/) as unknown,
        cause: { code: 'ONEIRIC_LIFECYCLE_TIMEOUT' },
      });
    },
  );

  it('of a scoped component does not keep its scope from ending', async () => {
    await using resolver = new Resolver({ lifecycleOptions: { timeouts: { activationMs: 20 } } });
    await resolver.register({ ...REQUEST, scope: 'scoped', factory: hanging });
    const scope = resolver.createScope();
    const asked = scope.getAsync(REQUEST);
    await Promise.all([expect(asked).rejects.toThrow(/service\/request/), scope.dispose()]);
  });

  it('of a transient component is left alone when the caller gives up, and what it gives then is closed', async () => {
    await using resolver = new Resolver();
    let open: (instance: Thing) => void = () => undefined;
    const gate = new Promise<Thing>((resolve) => (open = resolve));
    let begin: () => void = () => undefined;
    const began = new Promise<void>((resolve) => (begin = resolve));
    const factory = (): Promise<Thing> => {
      begin();
      return gate;
    };
    await resolver.register({ ...REQUEST, scope: 'transient', factory });
    const controller = new AbortController();
    const reason = new Error('enough');
    const asked = resolver.getAsync(REQUEST, { signal: controller.signal });
    await began;
    controller.abort(reason);
    await expect(asked).rejects.toBe(reason);
    await new Promise<void>((resolve) => {
      open({ name: 'late', close: resolve });
    });
  });

  it('in its clean-up is given up after the clean-up time', async () => {
    await using resolver = new Resolver({ lifecycleOptions: { timeouts: { cleanupMs: 20 } } });
    await resolver.register({
      ...REQUEST,
      scope: 'scoped',
      factory: () => ({ name: 'stuck', close: () => hanging().then() }) as never,
    });
    const scope = resolver.createScope();
    scope.get(REQUEST);
    await expect(scope.dispose()).rejects.toMatchObject({ errors: [{ code: 'ONEIRIC_LIFECYCLE_TIMEOUT' }] });
  });
});
