import { inspect } from 'node:util';
import { runInNewContext } from 'node:vm';

import { createLiveHandle } from '../../src/lifecycle/create-live-handle.js';
import { ATarget } from './a-target.js';

class Cache {
  #hits = 0;
  size = 1;
  self = this;
  readonly label: string;
  constructor(label: string) {
    this.label = label;
  }
  get hits(): number {
    return this.#hits;
  }
  set limit(value: number) {
    this.size = value;
  }
  get broken(): never {
    throw new RangeError('broken');
  }
  get(key: string): string {
    this.#hits++;
    return `${this.label}:${key}`;
  }
  where(): string {
    return this.get('here');
  }
  chain(): this {
    return this;
  }
  fail(): never {
    throw new RangeError('failed');
  }
  sum(...values: readonly number[]): number {
    return values.reduce((a, b) => a + b, 0);
  }
  *[Symbol.iterator](): Generator<string> {
    yield this.label;
  }
}
class Slower extends Cache {
  extra(): string {
    return 'extra';
  }
  override get(key: string): string {
    return `slow ${super.get(key)}`;
  }
}

function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

function live<T>(instance: T) {
  const target = new ATarget<T>();
  const component = target.bind(instance);
  const handle = createLiveHandle<T>(target);
  return { target, component, handle, proxy: handle.proxy };
}

describe('a call through the proxy', () => {
  it('runs on the instance that serves, with its private fields, whatever the number of arguments', () => {
    const { proxy, component } = live(new Cache('a'));
    expect(proxy.get('k')).toBe('a:k');
    expect(proxy.where()).toBe('a:here');
    expect(proxy.hits).toBe(2);
    expect([proxy.sum(), proxy.sum(1), proxy.sum(1, 2), proxy.sum(1, 2, 3, 4, 5, 6)]).toEqual([0, 1, 3, 21]);
    expect(component.leases).toBe(0);
  });

  it('runs on the new instance after a swap, also where the method was taken before', () => {
    const { proxy, target } = live(new Cache('a'));
    const { get } = proxy;
    expect(get('k')).toBe('a:k');
    target.bind(new Slower('b'));
    expect(get('k')).toBe('slow b:k');
    expect(proxy.get('k')).toBe('slow b:k');
    expect(proxy.get).toBe(get);
    expect((proxy as Slower).extra()).toBe('extra');
  });

  it('runs the function that an instance of no class has when it is read, and at later calls the one it has then', () => {
    const logger = { info: () => 'first' };
    const { proxy } = live(logger);
    expect(proxy.info()).toBe('first');
    const { info } = proxy;
    logger.info = () => 'second';
    expect([info(), info(), proxy.info()]).toEqual(['first', 'second', 'second']);
  });

  it('is leased while it runs, and not after it returned or threw', () => {
    const seen: number[] = [];
    const { proxy, component } = live({
      look: () => seen.push(component.leases),
      fail: () => {
        throw new RangeError(`with ${component.leases}`);
      },
    });
    proxy.look();
    expect(() => proxy.fail()).toThrow(new RangeError('with 1'));
    expect([seen, component.leases]).toEqual([[1], 0]);
  });

  it('gives the very promise of the instance, and is leased until that settles', async () => {
    const good = deferred<number>();
    const bad = deferred<number>();
    const { proxy, component } = live({ good: () => good.promise, bad: () => bad.promise });
    expect(proxy.good()).toBe(good.promise);
    expect(proxy.bad()).toBe(bad.promise);
    expect(component.leases).toBe(2);
    good.resolve(1);
    await proxy.good();
    expect(component.leases).toBe(1);
    bad.reject(new RangeError('bad'));
    await expect(proxy.bad()).rejects.toThrow(RangeError);
    expect(component.leases).toBe(0);
  });

  it('is leased until a promise of another realm settles', async () => {
    const settle: (() => void)[] = [];
    const foreign = runInNewContext('new Promise((resolve) => settle.push(resolve))', {
      settle,
    }) as Promise<void>;
    const { proxy, component } = live({ wait: () => foreign });
    expect(proxy.wait()).toBe(foreign);
    expect(component.leases).toBe(1);
    settle[0]?.();
    await foreign;
    expect(component.leases).toBe(0);
  });

  it('does not touch what is thenable without being a promise, and is over when it returns', () => {
    let touched = 0;
    const query = {
      get then() {
        touched++;
        return undefined;
      },
    };
    class Lazy extends Promise<number> {
      constructor() {
        super((resolve) => resolve(0));
      }
      override then(): never {
        touched++;
        throw new Error('begun');
      }
    }
    const lazy = new Lazy();
    const { proxy, component } = live({ query: () => query, lazy: () => lazy });
    expect(proxy.query()).toBe(query);
    expect(proxy.lazy()).toBe(lazy);
    expect([touched, component.leases]).toEqual([0, 0]);
  });

  it('is over when it returned what only pretends to be a promise, or cannot be looked at', () => {
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    const pretender = Object.create(Promise.prototype) as Promise<never>;
    const { proxy, component } = live({ revoked: () => revoked, pretender: () => pretender });
    expect(proxy.revoked() === revoked).toBe(true);
    expect(proxy.pretender() === pretender).toBe(true);
    expect(component.leases).toBe(0);
  });

  it('gives the proxy where the instance gives itself', () => {
    const { proxy } = live(new Cache('a'));
    expect(proxy.chain()).toBe(proxy);
    expect(proxy.self).toBe(proxy);
    expect(proxy.chain().chain().get('k')).toBe('a:k');
  });

  it('throws what the instance throws, from methods and from accessors', () => {
    const { proxy, component } = live(new Cache('a'));
    expect(() => proxy.fail()).toThrow(new RangeError('failed'));
    expect(() => proxy.broken).toThrow(new RangeError('broken'));
    expect(component.leases).toBe(0);
  });

  it('sees methods that come late, go, and are replaced, through the proxy and on the instance', () => {
    const instance: Record<string, unknown> = { first: () => 1 };
    const { proxy } = live(instance as Record<string, (() => number) | null>);
    expect(proxy['later']).toBeUndefined();
    instance['later'] = () => 2;
    expect(proxy['later']?.()).toBe(2);
    instance['later'] = () => 3;
    expect(proxy['later']?.()).toBe(3);
    proxy['later'] = () => 4;
    expect([proxy['later']?.(), (instance['later'] as () => number)()]).toEqual([4, 4]);
    instance['later'] = null;
    expect(proxy['later']).toBeNull();
    delete instance['first'];
    expect(proxy['first']).toBeUndefined();
  });

  it('sees what is put over a method of a class through the proxy at once', () => {
    const { proxy } = live(new Cache('a'));
    expect(proxy.get('k')).toBe('a:k');
    proxy.get = () => 'other';
    expect(proxy.get('k')).toBe('other');
  });

  it('names a method that the instance which serves now has not', () => {
    const { proxy, target } = live<Cache>(new Slower('a'));
    const { extra } = proxy as Slower;
    expect(extra()).toBe('extra');
    target.bind(new Cache('b'), 'memory');
    expect((proxy as { extra?: unknown }).extra).toBeUndefined();
    expect(() => extra()).toThrow(
      expect.objectContaining({
        code: 'ONEIRIC_LIFECYCLE_METHOD_MISSING',
        details: { domain: 'adapter', key: 'cache', provider: 'memory', method: 'extra' },
      }) as Error,
    );
  });

  it('throws the refusal where nothing serves, and reads nothing then', () => {
    const { proxy, target } = live(new Cache('a'));
    const { get } = proxy;
    target.isHeld = true;
    const refused = expect.objectContaining({ code: 'ONEIRIC_LIFECYCLE_NOT_ACTIVE' }) as Error;
    expect(() => get('k')).toThrow(refused);
    expect(() => proxy.get('k')).toThrow(refused);
    expect(() => proxy.size).toThrow(refused);
    expect(() => (proxy.size = 2)).toThrow(refused);
    target.isHeld = false;
    expect([proxy.get('k'), proxy.size]).toEqual(['a:k', 1]);
  });
});

describe('a proxy', () => {
  it('reads and writes what is no method on the instance that serves', () => {
    const first = new Cache('a');
    const { proxy, target } = live(first);
    proxy.size = 5;
    expect([proxy.size, first.size]).toEqual([5, 5]);
    proxy.limit = 7;
    expect(first.size).toBe(7);
    target.bind(new Cache('b'));
    expect([proxy.label, proxy.size]).toEqual(['b', 1]);
  });

  it('refuses to write what the instance does not let be written', () => {
    const { proxy } = live<{ get: () => number; size: number }>(Object.freeze({ get: () => 1, size: 1 }));
    expect(() => (proxy.size = 2)).toThrow(TypeError);
    expect(proxy.get()).toBe(1);
    expect(() => (proxy.get = () => 2)).toThrow(TypeError);
    expect([proxy.get(), proxy.size]).toEqual([1, 1]);
  });

  it('answers in, instanceof, constructor, for-in and symbols as the instance that runs does', () => {
    const { proxy, target } = live<object>(new Cache('a'));
    expect(['get' in proxy, 'size' in proxy, 'extra' in proxy]).toEqual([true, true, false]);
    expect([proxy instanceof Cache, proxy instanceof Slower]).toEqual([true, false]);
    expect([...(proxy as Cache)]).toEqual(['a']);
    target.bind(new Slower('b'));
    expect(['extra' in proxy, proxy instanceof Slower, proxy.constructor === Slower]).toEqual([
      true,
      true,
      true,
    ]);
    const names: string[] = [];
    for (const name in proxy) names.push(name);
    expect(names.sort()).toEqual(['label', 'self', 'size']);
  });

  it('gives classes as they are', () => {
    const { proxy } = live({ Cache });
    expect(proxy.Cache).toBe(Cache);
    expect(new proxy.Cache('a')).toBeInstanceOf(Cache);
  });

  it('is awaited as it is, also where the instance is thenable and where nothing runs', async () => {
    const { proxy } = live({ then: (done: (value: number) => void) => done(1), other: 2 });
    const awaited: unknown = await proxy;
    expect(awaited === proxy).toBe(true);
    expect('then' in proxy).toBe(false);
    const idle = createLiveHandle<Cache>(new ATarget()).proxy;
    expect((await idle) === idle).toBe(true);
  });

  it('is shown without harm, also where nothing runs', () => {
    expect(inspect(live({ size: 1 }).proxy)).toBe('Live<adapter/cache> { size: 1 }');
    const idle = createLiveHandle<Cache>(new ATarget()).proxy;
    expect(inspect(idle)).toBe('Live<adapter/cache> undefined');
    expect([(idle as object) instanceof Cache, 'get' in idle]).toEqual([false, false]);
  });

  it('goes on working after it was frozen', () => {
    const { proxy, target } = live(new Cache('a'));
    Object.freeze(proxy);
    expect([proxy.get('k'), proxy.get === proxy.get]).toEqual(['a:k', true]);
    target.bind(new Cache('b'));
    expect(proxy.get('k')).toBe('b:k');
  });

  it('works over instances that are proxies themselves', () => {
    const bound = (key: string): string => `through ${key}`;
    const instance = new Proxy(new Cache('a'), {
      get: (of, name) => (name === 'get' ? bound : (Reflect.get(of, name, of) as unknown)),
    });
    const { proxy } = live(instance);
    expect([proxy.get('k'), proxy.get('k'), proxy.label]).toEqual(['through k', 'through k', 'a']);
  });

  it('gives the properties and methods of a value that is no object', () => {
    const { proxy } = live<string>('text');
    expect([proxy.length, proxy.toUpperCase(), `${proxy}!`]).toEqual([4, 'TEXT', 'text!']);
  });
});

describe('the proxy of an instance that is a function', () => {
  it('is called with a lease and follows swaps, with the properties of the function', async () => {
    const ask = Object.assign((n: number) => Promise.resolve(n + 1), { base: 'a', get: (n: number) => n });
    const { handle, target, component } = live(ask);
    const { proxy } = handle;
    const answer = proxy(1);
    expect([typeof proxy, component.leases]).toEqual(['function', 1]);
    expect(await answer).toBe(2);
    expect([component.leases, proxy.base, proxy.get(3), proxy.name, proxy.length]).toEqual([
      0,
      'a',
      3,
      '',
      1,
    ]);
    target.bind(Object.assign((n: number) => Promise.resolve(n + 2), { base: 'b', get: (n: number) => -n }));
    expect([await proxy(1), proxy.base, handle.proxy === proxy]).toEqual([3, 'b', true]);
  });

  it('is constructed, also by a class that extends it', () => {
    const { proxy } = live(Cache);
    const made = new proxy('a');
    expect([made instanceof Cache, made.get('k'), made.constructor === Cache]).toEqual([true, 'a:k', true]);
    class More extends proxy {}
    expect(new More('b')).toBeInstanceOf(Cache);
    expect(new More('b')).toBeInstanceOf(More);
    expect(made instanceof proxy).toBe(true);
  });

  it('ends the lease of a call that throws', () => {
    const { proxy, component } = live((): never => {
      throw new RangeError('failed');
    });
    expect(() => proxy()).toThrow(RangeError);
    expect(component.leases).toBe(0);
  });
});
