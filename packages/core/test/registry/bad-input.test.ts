import { OneiricError } from '../../src/errors/oneiric-error.js';
import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import { rejectionOf } from '../concurrency/harness/turns.js';
import {
  bomb,
  cyclic,
  hostile,
  INTEGERS_THAT_ARE_NONE,
  NAMES_THAT_ARE_NONE,
  nested,
  revoked,
} from './harness/odd-values.js';
import { coded } from './harness/coded.js';
import { offer, plugin } from './harness/offer.js';
import { seen } from './harness/seen.js';

const P = plugin('p');

/** A registry with something in it that bad input must not disturb. */
async function aRegistry(): Promise<CandidateRegistry> {
  const registry = new CandidateRegistry({ selections: { adapter: { cache: 'good' } } });
  await registry.registerAll([offer({ provider: 'good', source: P }), offer({ key: 'queue' })]);
  return registry;
}

const calls = {
  registerCandidate: (registry: CandidateRegistry, input: unknown) =>
    registry.registerCandidate(input as never),
  registerAll: (registry: CandidateRegistry, input: unknown) =>
    registry.registerAll([offer({ provider: 'first' }), input as never, offer({ provider: 'last' })]),
  replaceSource: (registry: CandidateRegistry, input: unknown) =>
    registry.replaceSource(P, [offer({ provider: 'first' }), input as never]),
};

/** Every call refuses `input` with problems at `path` and leaves everything as it was. */
async function expectRefused(input: unknown, path: string, expected: RegExp | string = ''): Promise<void> {
  for (const [name, call] of Object.entries(calls)) {
    const registry = await aRegistry();
    const before = seen(registry);
    const error = await rejectionOf(call(registry, input));
    if (!OneiricError.is(error, 'ONEIRIC_REGISTRY_CANDIDATE_INVALID')) throw error;
    const place =
      name === 'registerCandidate' ? path : path === 'candidate' ? 'candidates[1]' : `candidates[1].${path}`;
    expect(error.details.problems.map((problem) => problem.path)).toContain(place);
    expect(error.message).toMatch(expected);
    expect(error.message.length).toBeLessThan(4000);
    expect(printable(error.message)).toBe(true);
    expect(seen(registry)).toEqual(before);
  }
}

/** Nothing that could move the cursor, change colours or reorder what a terminal shows; line breaks are ours. */
function printable(text: string): boolean {
  return !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text.replaceAll('\n', ''));
}

describe('a name', () => {
  describe.each(NAMES_THAT_ARE_NONE)('that is %s', (_what, name) => {
    it('is refused as domain, key, provider and inside every list of names', async () => {
      for (const property of ['domain', 'key', 'provider'])
        await expectRefused({ ...offer(), [property]: name }, property);
      await expectRefused({ ...offer(), capabilities: ['kv', name] }, 'capabilities[1]');
      await expectRefused({ ...offer(), conflictsWith: [name] }, 'conflictsWith[0]');
      await expectRefused({ ...offer(), platform: { os: ['linux', name] } }, 'platform.os[1]');
      await expectRefused({ ...offer(), requires: [{ domain: 'service', key: name }] }, 'requires[0]');
      await expectRefused(
        { ...offer(), requires: [{ domain: 'service', key: 'net', capabilities: [name] }] },
        'requires[0].capabilities[0]',
      );
      await expectRefused({ ...offer(), inject: { db: { domain: name, key: 'db', id: 1 } } }, 'inject.db');
    });

    it('is refused by everything that is asked or told by name', async () => {
      const registry = await aRegistry();
      const before = seen(registry);
      const asked = name as string;
      const refused = coded('ONEIRIC_REGISTRY_NAME_INVALID');
      for (const reads of [registry, registry.snapshot()]) {
        for (const read of ['resolve', 'require', 'explain'] as const) {
          expect(() => reads[read]('adapter', asked)).toThrow(refused);
          expect(() => reads[read](asked, 'cache')).toThrow(refused);
        }
        for (const list of ['listActive', 'listShadowed', 'keys'] as const) {
          expect(() => reads[list](asked)).toThrow(refused);
        }
        for (const request of [{ provider: asked }, { capabilities: [asked] }]) {
          expect(() => reads.resolve('adapter', 'cache', request)).toThrow(
            coded(/^ONEIRIC_DECISION_REQUEST_/),
          );
        }
      }
      for (const write of [
        registry.select('adapter', asked, 'x'),
        registry.select(asked, 'cache', 'x'),
        registry.clearSelection('adapter', asked),
        registry.clearSelection(asked, 'cache'),
      ]) {
        expect(await rejectionOf(write)).toMatchObject({ code: 'ONEIRIC_REGISTRY_NAME_INVALID' });
      }
      expect(seen(registry)).toEqual(before);
    });
  });

  it.each([
    'a',
    'A',
    '9',
    'a'.repeat(128),
    'queue.scheduler',
    'a-b_c.d',
    '0x',
    'proto',
    'prototype',
    'then',
    'default',
  ])('like %p is accepted everywhere', async (name) => {
    const registry = new CandidateRegistry();
    await registry.registerCandidate({
      domain: name,
      key: name,
      provider: name,
      factory: () => 1,
      capabilities: [name],
      requires: [name],
      conflictsWith: [name],
      inject: { [name]: name },
      platform: { os: [process.platform, name] },
    });
    expect(registry.resolve(name, name, { provider: name, capabilities: [name] })?.provider).toBe(name);
  });
});

describe('a number', () => {
  it.each(INTEGERS_THAT_ARE_NONE)(
    'that is %s is refused as priority and as stack level',
    async (_what, number) => {
      await expectRefused({ ...offer(), priority: number }, 'priority', /an integer in -1000…1000/);
      await expectRefused({ ...offer(), stackLevel: number }, 'stackLevel', /an integer in -100…100/);
    },
  );

  it('is bounded by 1000 as priority and by 100 as stack level, both included', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll([
      offer({ priority: 1000, stackLevel: -100 }),
      offer({ priority: -1000, stackLevel: 100 }),
    ]);
    await expectRefused(offer({ stackLevel: 101 }), 'stackLevel');
    await expectRefused(offer({ stackLevel: -101 }), 'stackLevel');
  });
});

describe('an input', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'adapter/cache'],
    ['a number', 5],
    ['a function', () => offer()],
    ['an array', [offer()]],
    ['a promise', Promise.resolve(offer())],
    ['an object without anything', {}],
    ['an object that throws', hostile()],
    ['an object that throws what cannot be shown', hostile(Object.create(null))],
    ['an object that throws a hostile object', hostile(hostile())],
    ['a revoked proxy', revoked()],
    ['a revoked array', revoked([])],
  ])('that is %s is refused', async (what, input) => {
    await expectRefused(
      input,
      ['a promise', 'an object without anything'].includes(what) ? 'domain' : 'candidate',
    );
  });

  it.each([
    'domain',
    'key',
    'provider',
    'priority',
    'stackLevel',
    'capabilities',
    'version',
    'factory',
    'inject',
    'settings',
    'health',
    'handover',
    'scope',
    'requires',
    'conflictsWith',
    'platform',
    'metadata',
    'source',
  ])('whose %s throws when it is read is refused, and the error is told', async (property) => {
    const input = Object.defineProperty({ ...offer() }, property, {
      enumerable: true,
      get() {
        throw new Error('the getter broke\u001b[2J');
      },
    });
    await expectRefused(input, 'candidate', /the getter broke/);
  });

  it('that is thenable is not awaited: its then is an unknown property', async () => {
    let called = false;
    await expectRefused({ ...offer(), then: () => (called = true) }, 'then', /no property of that name/);
    expect(called).toBe(false);
  });

  it.each([
    ['priorty', '"priority" instead of "priorty"'],
    ['Provider', '"provider" instead of "Provider"'],
    ['capability', '"capabilities" instead of "capability"'],
    ['colour', 'no property of that name'],
  ])('with the unknown property %s is refused, with the nearest known one', async (name, expected) => {
    await expectRefused({ ...offer(), [name]: 1 }, name, expected);
  });

  it('with a property whose name cannot be shown is refused, and the name is escaped', async () => {
    await expectRefused({ ...offer(), 'a\u001b[31m': 1 }, '"a\\u001b[31m"');
    await expectRefused(
      JSON.parse('{"domain":"adapter","key":"cache","factory":"a#b","__proto__":1}'),
      '"__proto__"',
    );
  });

  it('tells all its problems at once, and those of all inputs of a call', async () => {
    const registry = new CandidateRegistry();
    const error = await rejectionOf(
      registry.registerAll([
        offer({ priority: 5000, capabilities: ['a', '..'] }),
        offer(),
        { ...offer({ key: '' }), factory: undefined as never },
        null as never,
      ]),
    );
    if (!OneiricError.is(error, 'ONEIRIC_REGISTRY_CANDIDATE_INVALID')) throw error;
    expect(error.details.problems.map(({ path }) => path)).toEqual([
      'candidates[0].priority',
      'candidates[0].capabilities[1]',
      'candidates[2].key',
      'candidates[2].factory',
      'candidates[3]',
    ]);
  });

  it('is read once: what a getter says later does not count', async () => {
    const registry = new CandidateRegistry();
    const turning = (first: unknown, later: unknown) => {
      let asked = 0;
      return { enumerable: true, get: () => (asked++ === 0 ? first : later) };
    };
    const input = Object.defineProperties(
      { ...offer() },
      {
        key: turning('first', '..'),
        priority: turning(5, Number.NaN),
        capabilities: turning(['kv'], [null]),
        source: turning(P, { kind: 'plugin', id: 'q' }),
        requires: turning(
          [Object.defineProperties({}, { domain: turning('service', ''), key: turning('net', '') })],
          null,
        ),
      },
    );
    const { added } = await registry.replaceSource(P, [input]);
    expect(added).toMatchObject([
      {
        key: 'first',
        priority: 5,
        capabilities: ['kv'],
        source: { id: 'p' },
        requires: [{ domain: 'service', key: 'net' }],
      },
    ]);
  });

  it('may be an instance of a class or inherit its properties', async () => {
    class Redis {
      readonly domain = 'adapter';
      readonly key = 'cache';
      get provider(): string {
        return 'redis';
      }
      readonly factory = (): number => 1;
    }
    const registry = new CandidateRegistry();
    await registry.registerCandidate(new Redis());
    expect(registry.resolve('adapter', 'cache')?.provider).toBe('redis');
  });
});

describe('a list of an input', () => {
  const sparse = (): unknown[] => Object.assign([], { 0: 'kv', 2: 'scan' });

  it.each(['capabilities', 'conflictsWith', 'requires'])(
    '%s with a hole is refused at the hole',
    async (property) => {
      await expectRefused({ ...offer(), [property]: sparse() }, `${property}[1]`);
    },
  );

  it.each([
    ['capabilities', 'kv'],
    ['capabilities', { 0: 'kv', length: 1 }],
    ['capabilities', new Set(['kv'])],
    ['capabilities', null],
    ['conflictsWith', 'memory'],
    ['requires', 'service/net'],
    ['requires', { domain: 'service', key: 'net' }],
  ])('%s given as %p is refused', async (property, value) => {
    await expectRefused({ ...offer(), [property]: value }, property, /an array/);
  });

  it('capabilities that repeat a name keep it once, in the order given', async () => {
    const registry = new CandidateRegistry();
    const { candidate } = await registry.registerCandidate(offer({ capabilities: ['b', 'a', 'b'] }));
    expect(candidate.capabilities).toEqual(['b', 'a']);
  });

  it.each([
    ['a path of three', 'a/b/c'],
    ['an empty domain', '/net'],
    ['an empty key', 'service/'],
    ['a step up', '../net'],
    ['nothing', undefined],
    ['null', null],
    ['a number', 5],
    ['an object without key', { domain: 'service' }],
    ['an array', ['service', 'net']],
  ])('requires with %s is refused', async (_what, entry) => {
    await expectRefused({ ...offer(), requires: ['service/net', entry] }, 'requires[1]');
  });

  it('requires with a misspelt property is refused', async () => {
    await expectRefused(
      { ...offer(), requires: [{ domain: 'service', key: 'net', capabilties: ['tls'] }] },
      'requires[0].capabilties',
    );
  });

  it.each([
    ['a list', ['db']],
    ['a text', 'service/db'],
    ['null', null],
  ])('inject given as %s is refused', async (_what, inject) => {
    await expectRefused({ ...offer(), inject }, 'inject');
  });

  it('inject with a parameter name that is none, or a target that is no key, is refused', async () => {
    await expectRefused({ ...offer(), inject: JSON.parse('{"__proto__":"service/db"}') as never }, 'inject');
    await expectRefused({ ...offer(), inject: { 'a b': 'service/db' } }, 'inject');
    for (const target of ['a/b/c', '', 5, null, {}, { domain: 'service' }]) {
      await expectRefused({ ...offer(), inject: { db: target as never } }, 'inject.db');
    }
    await expectRefused({ ...offer(), inject: { db: hostile() as never } }, 'candidate', /hands off/);
  });
});

describe('a factory', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['an object', { create: () => 1 }],
    ['a number', 5],
    ['an empty reference', ''],
  ])('that is %s is refused', async (_what, factory) => {
    await expectRefused({ ...offer(), factory }, 'factory', /a function, or a reference/);
  });

  it.each([
    'node:fs#readFile',
    'fs#readFile',
    'file:///etc/passwd#x',
    'https://example.org/a.js#x',
    '/etc/passwd#x',
    '../outside.js#x',
    './a/../../b.js#x',
    './a%2e%2e/b.js#x',
    'C:\\x#y',
    './a.js',
    './a.js#',
    './a.js#a#b',
    './a.js#__proto__',
    'a\u0000b#c',
  ])('reference %p is refused', async (factory) => {
    await expectRefused({ ...offer(), factory }, 'factory');
  });

  it.each(['./src/cache.js#createCache', '@acme/oneiric-redis/cache#default', 'lru-cache#LRUCache'])(
    'reference %p is accepted',
    async (factory) => {
      const registry = new CandidateRegistry();
      expect((await registry.registerCandidate(offer({ factory }))).candidate.factory).toBe(factory);
    },
  );
});

describe('the rest of an input', () => {
  it.each([
    ['version', 2],
    ['version', ''],
    ['version', 'x'.repeat(513)],
    ['version', '1.0.0\u001b[31m'],
    ['version', '1.0.0\u202e'],
    ['health', true],
    ['health', 'ping'],
    ['settings', {}],
    ['settings', 'schema'],
    ['settings', null],
    ['platform', 'linux'],
    ['platform', ['linux']],
    ['platform', null],
    ['metadata', 'text'],
    ['metadata', ['list']],
    ['metadata', null],
    ['source', 'plugin'],
    ['source', null],
    ['source', []],
  ])('%s given as %p is refused', async (property, value) => {
    await expectRefused({ ...offer(), [property]: value }, property);
  });

  it.each([
    ['platform.node', { node: 'banana' }],
    ['platform.node', { node: 20 }],
    ['platform.node', { node: ''.padEnd(600, 'x') }],
    ['platform.os', { os: [] }],
    ['platform.os', { os: 'linux' }],
    ['platform.arch', { arch: 'x64' }],
    ['platform.OS', { OS: ['linux'] }],
  ])('a platform is refused at %s', async (path, platform) => {
    await expectRefused({ ...offer(), platform }, path);
  });

  it.each([
    ['source.kind', { kind: 'plugn', id: 'x' }],
    ['source.kind', { id: 'x' }],
    ['source.id', { kind: 'plugin', id: '' }],
    ['source.id', { kind: 'plugin', id: 5 }],
    ['source.id', { kind: 'plugin', id: 'a\u0000b' }],
    ['source.package', { kind: 'plugin', id: 'x', package: null }],
    ['source.file', { kind: 'config', id: 'x', file: '\u001b[2J' }],
    ['source.line', { kind: 'config', id: 'x', line: 0 }],
    ['source.column', { kind: 'config', id: 'x', column: 1.5 }],
    ['source', { kind: 'plugin', id: 'x', extra: () => 1 }],
    ['source', cyclic()],
  ])('a source is refused at %s', async (path, source) => {
    const registry = new CandidateRegistry();
    const error = await rejectionOf(registry.registerCandidate({ ...offer(), source } as never));
    if (!OneiricError.is(error, 'ONEIRIC_REGISTRY_CANDIDATE_INVALID')) throw error;
    expect(error.details.problems.map((problem) => problem.path)).toContain(path);
  });
});

describe('metadata', () => {
  it.each([
    ['that refers to itself in two places', cyclic()],
    ['that expands to more than the universe holds', bomb()],
    ['that is deeper than 64 levels', nested(65)],
    ['with more than 10,000 values', { list: Array.from({ length: 10_001 }, () => 0) }],
    ['with a function', { create: () => 1 }],
    ['with a symbol', { of: Symbol('x') }],
    ['with a big integer', { of: 5n }],
    ['with NaN', { of: Number.NaN }],
    ['with a hole in a list', { of: Object.assign([], { 1: 'x' }) }],
    ['with a date', { at: new Date(0) }],
    ['with a map', { of: new Map([['a', 1]]) }],
    [
      'that is an instance of a class',
      new (class Meta {
        readonly a = 1;
      })(),
    ],
    [
      'that throws when it is read',
      {
        get of() {
          throw new Error('no');
        },
      },
    ],
    ['that throws deep inside', { of: { list: [hostile()] } }],
  ])('%s is refused', async (what, metadata) => {
    await expectRefused({ ...offer(), metadata }, what.startsWith('that throws') ? 'candidate' : 'metadata');
  });

  it('with a property called __proto__ keeps it as data and pollutes nothing', async () => {
    const registry = new CandidateRegistry();
    const text =
      '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"a":{"__proto__":{"polluted":true}}}';
    const { candidate } = await registry.registerCandidate(
      offer({ metadata: JSON.parse(text) as never, source: P }),
    );
    expect(JSON.stringify(candidate.metadata)).toBe(text);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect((candidate.metadata as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(candidate.metadata)).toBe(Object.prototype);
    const again = await registry.registerCandidate(offer({ metadata: JSON.parse(text) as never, source: P }));
    expect(again.candidate).toBe(candidate);
    const other = await registry.registerCandidate(
      offer({ metadata: JSON.parse(text.replace('true', 'false')) as never, source: P }),
    );
    expect(other.replaced).toBe(candidate);
  });

  it('may have no prototype, parts that are shared, and properties that are undefined', async () => {
    const registry = new CandidateRegistry();
    const shared = { a: 1 };
    const metadata = Object.assign(Object.create(null) as object, {
      one: shared,
      two: shared,
      none: undefined,
      deep: nested(60),
    });
    const { candidate } = await registry.registerCandidate(offer({ metadata: metadata as never }));
    expect(candidate.metadata).toEqual({ one: { a: 1 }, two: { a: 1 }, deep: nested(60) });
    expect(Object.keys(candidate.metadata ?? {})).not.toContain('none');
  });
});

describe('the list of candidates of a call', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'adapter/cache'],
    ['one candidate', offer()],
    [
      'an asynchronous generator',
      (async function* () {
        yield offer();
      })(),
    ],
    ['a promise of a list', Promise.resolve([offer()])],
    [
      'a generator that was not called',
      function* () {
        yield offer();
      },
    ],
  ])('that is %s is refused', async (_what, inputs) => {
    for (const call of [
      (r: CandidateRegistry) => r.registerAll(inputs as never),
      (r: CandidateRegistry) => r.replaceSource(P, inputs as never),
    ]) {
      const registry = await aRegistry();
      const before = seen(registry);
      expect(await rejectionOf(call(registry))).toMatchObject({
        code: 'ONEIRIC_REGISTRY_CANDIDATE_INVALID',
        details: { problems: [{ path: 'candidates', expected: 'an iterable of candidates' }] },
      });
      expect(seen(registry)).toEqual(before);
    }
  });

  it('that throws half-way is refused with the place and the cause, and nothing of it is registered', async () => {
    const registry = await aRegistry();
    const before = seen(registry);
    const failure = new Error('the list broke off');
    const inputs = function* () {
      yield offer({ provider: 'a' });
      yield offer({ provider: 'b' });
      throw failure;
    };
    const found = 'one that throws when it is read: Error: the list broke off';
    expect(await rejectionOf(registry.registerAll(inputs()))).toMatchObject({
      code: 'ONEIRIC_REGISTRY_CANDIDATE_INVALID',
      details: { problems: [{ path: 'candidates[2]', found, expected: 'an iterable of candidates' }] },
      cause: failure,
    });
    expect(seen(registry)).toEqual(before);
  });

  it('may be a set, a map’s values, or empty', async () => {
    const registry = new CandidateRegistry();
    await registry.registerAll(new Set([offer({ provider: 'a' })]));
    await registry.registerAll(new Map([['x', offer({ provider: 'b' })]]).values());
    expect(await registry.registerAll([])).toEqual([]);
    expect(registry.revision).toBe(2);
  });

  it('is read before the lock is asked for: what changes while it waits does not count', async () => {
    const registry = new CandidateRegistry();
    const list = [{ ...offer({ provider: 'a' }), capabilities: ['kv'] }];
    let waiting: Promise<unknown> | undefined;
    await registry.transaction(async (tx) => {
      const blocker = tx.transaction(async () => undefined);
      waiting = registry.registerAll(list);
      list[0]!.provider = '..';
      list[0]!.capabilities.push('..');
      list.push(null as never);
      await blocker;
      await waiting;
    });
    expect(registry.resolve('adapter', 'cache')).toMatchObject({ provider: 'a', capabilities: ['kv'] });
  });
});

describe('the arguments of a call', () => {
  const call: Record<string, (registry: CandidateRegistry) => Promise<unknown>> = {
    'a transaction without work': (r) => r.transaction(undefined as never),
    'a transaction whose work is a promise': (r) => r.transaction(Promise.resolve() as never),
    'an unknown option': (r) => r.registerCandidate(offer(), { sigal: undefined } as never),
    'a signal that is none': (r) => r.registerCandidate(offer(), { signal: {} as never }),
    'a timeout of NaN': (r) => r.registerAll([offer()], { timeoutMs: Number.NaN }),
    'a negative timeout': (r) => r.select('adapter', 'cache', 'x', { timeoutMs: -1 }),
    'options that are a text': (r) => r.clearSelection('adapter', 'cache', 'now' as never),
  };

  it.each(Object.entries(call))(
    'with %s are refused by a rejection with a code, and nothing happens',
    async (_what, run) => {
      const registry = await aRegistry();
      const before = seen(registry);
      const result = run(registry);
      expect(result).toBeInstanceOf(Promise);
      expect(OneiricError.is(await rejectionOf(result))).toBe(true);
      expect(seen(registry)).toEqual(before);
      expect((await registry.registerCandidate(offer({ provider: 'next' }))).candidate.sequence).toBe(3);
    },
  );

  it('a listener that is none is refused', () => {
    const registry = new CandidateRegistry();
    for (const listener of [undefined, null, {}, 'x']) {
      expect(() => registry.on('changed', listener as never)).toThrow(
        coded('ONEIRIC_REGISTRY_OPTION_INVALID'),
      );
    }
  });

  it.each([
    ['a text', 'redis'],
    ['a number', 5],
    ['null', null],
    ['a list', ['redis']],
    ['an unknown property', { provder: 'redis' }],
    ['capabilities that are a text', { capabilities: 'kv' }],
    ['capabilities with a hole', { capabilities: Object.assign([], { 1: 'kv' }) }],
    ['requireAll that is no boolean', { requireAll: 1 }],
  ])('a request that is %s is refused by resolve, require and explain alike', async (_what, request) => {
    const registry = await aRegistry();
    for (const read of ['resolve', 'require', 'explain'] as const) {
      expect(() => registry[read]('adapter', 'queue', request as never)).toThrow(coded(/^ONEIRIC_DECISION_/));
    }
  });

  it.each([
    ['a text', 'priority(redis)=60'],
    ['null', null],
    ['an object', { change: 'selection', to: 'x' }],
    ['an unknown change', [{ change: 'colour', to: 'red' }]],
    ['an empty change', [{}]],
    ['nothing in a list', [undefined]],
    ['a number that is none', [{ change: 'priority', provider: 'default', to: '5' }]],
    ['a selection of a name that is none', [{ change: 'selection', to: '..' }]],
    ['a selection of nothing', [{ change: 'selection' }]],
    ['an unknown provider', [{ change: 'without', provider: 'redis' }]],
  ])('what-if changes that are %s are refused with a code', async (_what, changes) => {
    const registry = await aRegistry();
    expect(() => registry.explain('adapter', 'queue', { changes: changes as never })).toThrow(
      coded(/^ONEIRIC_/),
    );
  });
});

it('a candidate that is given out cannot be changed through what was given in', async () => {
  const registry = new CandidateRegistry();
  const key = { domain: 'service', key: 'db', id: 99 };
  const input = {
    ...offer(),
    capabilities: ['kv'],
    requires: [{ domain: 'service', key: 'net', capabilities: ['tls'] }],
    conflictsWith: ['memory'],
    platform: { os: [process.platform] },
    inject: { db: key },
    metadata: { list: [1] },
    source: { kind: 'plugin' as const, id: 'p', package: 'p' },
  };
  const { candidate } = await registry.registerCandidate(input);
  const before = JSON.stringify(candidate);
  input.capabilities.push('x');
  input.requires[0]!.capabilities.push('x');
  input.conflictsWith.push('x');
  input.platform.os.push('aix');
  input.metadata.list.push(2);
  input.source.id = 'q';
  key.key = 'other';
  expect(JSON.stringify(candidate)).toBe(before);
  for (const part of [candidate, ...Object.values(candidate)] as unknown[]) {
    if (typeof part === 'object' && part !== null) expect(Object.isFrozen(part)).toBe(true);
  }
});
