import { CandidateRegistry } from '../../src/registry/candidate-registry.js';
import type { RegistryOptions } from '../../src/registry/registry-options.js';
import { coded } from './harness/coded.js';
import { offer } from './harness/offer.js';

const from = (name: string) => ({ kind: 'plugin', id: name, package: name }) as const;

async function rankOf(options: RegistryOptions, input = {}): Promise<readonly [number, unknown]> {
  const registry = new CandidateRegistry(options);
  const { candidate } = await registry.registerCandidate(offer({ source: from('@acme/redis'), ...input }));
  return [candidate.priority, candidate.origins.priority];
}

describe('the priority of a candidate', () => {
  it('is its own where it has one, 0 included', async () => {
    const options = { stackOrder: { '@acme/redis': 20 }, defaultPriority: 5 };
    expect(await rankOf(options, { priority: 0 })).toEqual([0, { kind: 'candidate' }]);
    expect(await rankOf(options, { priority: -0 })).toEqual([0, { kind: 'candidate' }]);
    expect(await rankOf(options, { priority: -7 })).toEqual([-7, { kind: 'candidate' }]);
  });

  it('is that of its package in the stack order where it has none, with where that was written', async () => {
    expect(await rankOf({ stackOrder: { '@acme/redis': 20 }, defaultPriority: 5 })).toEqual([
      20,
      { kind: 'stack-order', package: '@acme/redis' },
    ]);
    const origin = { kind: 'environment', variable: 'ONEIRIC_STACK_ORDER' } as const;
    expect(await rankOf({ stackOrder: { '@acme/redis': { priority: -3, origin } } })).toEqual([
      -3,
      { kind: 'stack-order', package: '@acme/redis', setBy: origin },
    ]);
  });

  it('counts 0, 10, 20, … in a stack order that is a list', async () => {
    expect((await rankOf({ stackOrder: ['@acme/redis', 'b'] }))[0]).toBe(0);
    expect((await rankOf({ stackOrder: ['a', 'b', '@acme/redis'] }))[0]).toBe(20);
  });

  it('is the default of the registry where its package is in no stack order, and 0 where there is none', async () => {
    const defaultPriorityOrigin = { kind: 'config', path: 'defaultPriority' } as const;
    expect(await rankOf({ stackOrder: ['other'], defaultPriority: 7, defaultPriorityOrigin })).toEqual([
      7,
      defaultPriorityOrigin,
    ]);
    expect(await rankOf({})).toEqual([0, { kind: 'default' }]);
    expect(await rankOf({ defaultPriority: 7 }, { source: { kind: 'manual' } })).toEqual([
      7,
      { kind: 'default' },
    ]);
  });

  it('goes by the package, not by the id of the source', async () => {
    const options = { stackOrder: { redis: 20 } };
    expect((await rankOf(options, { source: { kind: 'plugin', id: 'redis' } }))[0]).toBe(0);
    expect((await rankOf(options, { source: { kind: 'plugin', id: 'x', package: 'redis' } }))[0]).toBe(20);
  });
});

describe('an option of a registry', () => {
  it.each([1000, -1000, 0, undefined])('defaultPriority %p is accepted', (defaultPriority) => {
    const options = (defaultPriority === undefined ? {} : { defaultPriority }) as RegistryOptions;
    expect(new CandidateRegistry(options).revision).toBe(0);
  });

  it('stackOrder takes a list of 101, which ends at 1000, and no longer one', () => {
    const list = (length: number): string[] => Array.from({ length }, (_, index) => `package-${index}`);
    expect(new CandidateRegistry({ stackOrder: list(101) }).revision).toBe(0);
    expect(() => new CandidateRegistry({ stackOrder: list(102) })).toThrow(
      /stackOrder\[101\]: found 1010; expected an integer in -1000…1000/,
    );
  });

  it.each([
    ['null', null, /options: found null/],
    ['a list', [], /options: found an array/],
    ['a misspelt one', { stackorder: [] }, /stackorder: .*"stackOrder" instead of "stackorder"/],
    ['an unknown one', { colour: 'red' }, /colour: .*no property of that name/],
    [
      'a defaultPriority of "10"',
      { defaultPriority: '10' },
      /defaultPriority: found "10"; expected an integer/,
    ],
    ['a defaultPriority of NaN', { defaultPriority: Number.NaN }, /defaultPriority: found NaN/],
    ['a defaultPriority of 1001', { defaultPriority: 1001 }, /defaultPriority: found 1001/],
    ['a defaultPriority of null', { defaultPriority: null }, /defaultPriority: found null/],
    ['an origin that is none', { defaultPriorityOrigin: 'here' }, /defaultPriorityOrigin: found "here"/],
    ['a stackOrder that is a text', { stackOrder: 'a,b' }, /stackOrder: found "a,b"/],
    ['a stackOrder with a number out of bounds', { stackOrder: { a: -1001 } }, /stackOrder\.a: found -1001/],
    ['a stackOrder with a fraction', { stackOrder: { a: { priority: 0.5 } } }, /stackOrder\.a: found 0\.5/],
    ['a stackOrder without a number', { stackOrder: { a: {} } }, /stackOrder\.a: found null/],
    [
      'a stackOrder that names a package twice',
      { stackOrder: ['a', 'b', 'a'] },
      /stackOrder\[2\]: found "a"; expected each package once/,
    ],
    [
      'a stackOrder with a hole',
      { stackOrder: Object.assign([], { 0: 'a', 2: 'b' }) },
      /stackOrder\[1\]: found undefined/,
    ],
    ['a stackOrder with an empty name', { stackOrder: [''] }, /stackOrder\[0\]: found ""/],
    ['a lock that is none', { lock: {} }, /lock: .*expected a ReentrantLock/],
    ['a platform without node', { platform: { os: 'linux' } }, /platform: /],
    ['a platform whose node is no version', { platform: { os: 'linux', node: 'twenty' } }, /platform: /],
    ['a projectDir that is no text', { projectDir: 7 }, /projectDir: found 7/],
    ['selections that are a list', { selections: ['redis'] }, /selections: found an array/],
    ['selections without keys', { selections: { adapter: 'redis' } }, /selections\.adapter: found "redis"/],
  ])('is refused when it is %s', (_what, options, message) => {
    expect(() => new CandidateRegistry(options as never)).toThrow(
      expect.objectContaining({
        code: 'ONEIRIC_REGISTRY_OPTION_INVALID',
        message: expect.stringMatching(message) as string,
      }),
    );
  });

  it.each(['..', '', 'a/b', '__proto__', 'constructor', '-x'])(
    'selections for the domain or key %p are refused',
    (name) => {
      for (const selections of [{ [name]: { cache: 'redis' } }, { adapter: { [name]: 'redis' } }]) {
        const own =
          name === '__proto__'
            ? (JSON.parse(JSON.stringify(selections).replace('{}', '{"__proto__":"redis"}')) as object)
            : selections;
        if (Object.keys(own).length === 0) continue;
        expect(() => new CandidateRegistry({ selections: own as never })).toThrow(
          coded('ONEIRIC_REGISTRY_NAME_INVALID'),
        );
      }
    },
  );

  it('tells all problems of the ranking at once', () => {
    expect(
      () => new CandidateRegistry({ defaultPriority: 0.5, stackOrder: { a: 2000, b: 'x' as never } }),
    ).toThrow(
      expect.objectContaining({
        details: {
          problems: [
            expect.objectContaining({ path: 'defaultPriority' }),
            expect.objectContaining({ path: 'stackOrder.a' }),
            expect.objectContaining({ path: 'stackOrder.b' }),
          ],
        },
      }),
    );
  });

  it('platform decides for that machine instead of this one', async () => {
    const registry = new CandidateRegistry({ platform: { os: 'aix', node: '99.0.0' } });
    await registry.registerCandidate(offer({ platform: { os: ['aix'], node: '>=99' } }));
    expect(registry.resolve('adapter', 'cache')).toBeDefined();
  });
});
