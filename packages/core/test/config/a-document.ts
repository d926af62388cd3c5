import fc from 'fast-check';

/** Names as they are written, some of them wrong. */
const name = fc.constantFrom('adapter', 'service', 'cache', 'queue.fast', 'redis', 'memory', 'production');
const badName = fc.constantFrom(
  '',
  'a b',
  '..',
  'a..b',
  'constructor',
  '__proto__',
  '/x',
  'x'.repeat(129),
  'é',
  '-a',
);
const packageName = fc.constantFrom('@acme/redis', 'lru-cache', 'low', 'High_1');
const badPackage = fc.constantFrom('', '@acme', 'a b', '../x', 'node_modules', '@/x');
const priority = fc.integer({ min: -1000, max: 1000 });
const badPriority = fc.constantFrom<unknown>(1001, -1001, 1.5, '10', null, true, [], 1e300);
const noMap = fc.constantFrom<unknown>(null, 1, 'x', [], true);

const mapOf = <T>(value: fc.Arbitrary<T>, keys: fc.Arbitrary<string> = name) =>
  fc.dictionary(keys, value, { maxKeys: 3 });
const selection = fc.oneof(
  name,
  fc.record({ provider: name, policy: fc.constantFrom('pin', 'prefer') }, { requiredKeys: ['provider'] }),
);
const candidate = fc.record(
  {
    domain: name,
    key: name,
    factory: fc.constantFrom('./src/make.js#make', '@acme/redis/cache#create', 'lru-cache#LRUCache'),
    priority,
    stackLevel: fc.integer({ min: -100, max: 100 }),
    capabilities: fc.array(name, { maxLength: 3 }),
    version: fc.constant('1.0.0'),
    inject: mapOf(fc.constantFrom('adapter/cache', 'cache')),
    requires: fc.array(
      fc.oneof(fc.constantFrom('adapter/cache', 'cache'), fc.record({ domain: name, key: name })),
      {
        maxLength: 2,
      },
    ),
    conflictsWith: fc.array(name, { maxLength: 2 }),
    platform: fc.record({ os: fc.constant(['linux']), node: fc.constant('>=20') }, { requiredKeys: [] }),
    metadata: fc.dictionary(fc.string(), fc.jsonValue() as fc.Arbitrary<unknown>, { maxKeys: 2 }),
  },
  { requiredKeys: ['domain', 'key', 'factory'] },
);
const badCandidate = fc.oneof(
  noMap,
  fc
    .tuple(
      candidate,
      fc.constantFrom<object>(
        { domain: '' },
        { priority: '10' },
        { stackLevel: 101 },
        { factory: 1 },
        { factory: 'node:fs#readFile' },
        { factory: './src/../../make.js#make' },
        { factory: '/make.js#make' },
        { factory: './make.js' },
        { factory: './make.js#ma-ke' },
        { factory: './%2e%2e/make.js#make' },
        { version: 'a\nb' },
        { unknown: 1 },
        { capabilities: 'kv' },
        { requires: [1] },
        { inject: { a: 1 } },
        { platform: { os: [] } },
        { metadata: 1 },
        { source: { kind: 'x' } },
        { source: 1 },
      ),
    )
    .map(([good, bad]) => ({ ...good, ...bad })),
);

const layer = {
  selections: mapOf(mapOf(selection)),
  stackOrder: fc.oneof(mapOf(priority, packageName), fc.uniqueArray(packageName)),
  defaultPriority: priority,
  candidates: fc.uniqueArray(candidate, { maxLength: 3, selector: ({ domain, key }) => `${domain}/${key}` }),
  plugins: fc.oneof(fc.constant(false), fc.constant(['some-plugin'])),
  pluginTimeoutMs: fc.integer({ min: 1, max: 600_000 }),
  allowedPackages: fc.uniqueArray(packageName),
};

/** A document that is right. */
export const validDocument: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc.record(
  {
    ...layer,
    $schema: fc.constant('./schema.json'),
    plugins: fc.constant(['some-plugin']),
    settings: mapOf(
      mapOf(
        mapOf(
          fc.dictionary(
            fc.constantFrom('url', 'max', 'list'),
            fc.constantFrom<unknown>('x', 1, null, [1], { a: true }),
          ),
        ),
      ),
    ),
    environments: mapOf(fc.record(layer, { requiredKeys: [] })),
  },
  { requiredKeys: ['plugins'] },
);

const badLayer: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  selections: fc.oneof(
    noMap,
    fc.dictionary(badName, mapOf(selection), { minKeys: 1 }),
    mapOf(noMap).filter(isFilled),
    fc.constant({ adapter: { cache: { provider: 'redis', policy: 'x' } } }),
    fc.constant({ adapter: { cache: { policy: 'pin' } } }),
  ),
  stackOrder: fc.oneof(
    fc.constantFrom<unknown>(null, 1, 'x'),
    fc.dictionary(badPackage, priority, { minKeys: 1 }),
    mapOf(badPriority, packageName).filter(isFilled),
    fc.constant(['a', 'a']),
  ),
  defaultPriority: badPriority,
  candidates: fc.oneof(
    fc.constantFrom<unknown>(null, {}, 'x'),
    fc.array(badCandidate, { minLength: 1, maxLength: 2 }),
  ),
  plugins: fc.oneof(fc.constantFrom<unknown>(null, true, {}, 'x'), fc.array(badPackage, { minLength: 1 })),
  pluginTimeoutMs: fc.constantFrom<unknown>(0, 600_001, -1, 1.5, '10', null, true, []),
  allowedPackages: fc.oneof(
    fc.constantFrom<unknown>(null, true, false, {}, 'x', ['a', 'a']),
    fc.array(badPackage, { minLength: 1 }),
  ),
  settings: fc.oneof(
    noMap,
    fc.dictionary(badName, fc.constant({}), { minKeys: 1 }),
    mapOf(noMap).filter(isFilled),
    mapOf(mapOf(noMap).filter(isFilled)).filter(isFilled),
    mapOf(mapOf(mapOf(noMap).filter(isFilled)).filter(isFilled)).filter(isFilled),
  ),
};

function isFilled(map: object): boolean {
  return Object.keys(map).length > 0;
}

const badSection = fc
  .constantFrom(...Object.keys(badLayer))
  .chain((section) => (badLayer[section] ?? fc.constant(null)).map((value) => ({ [section]: value })));

/** A document that is wrong in one section, of the file or of one of its environments. */
export const invalidDocument: fc.Arbitrary<Readonly<Record<string, unknown>>> = fc
  .tuple(
    validDocument,
    fc.oneof(
      badSection,
      badSection.map((section) => ({ environments: { production: section } })),
      fc.constantFrom<object>(
        { unknown: 1 },
        { $schema: 1 },
        { environments: [] },
        { environments: { x: null } },
        { environments: { x: { environments: {} } } },
      ),
      fc.dictionary(badName, fc.constant({}), { minKeys: 1 }).map((environments) => ({ environments })),
    ),
  )
  .map(([good, bad]) => ({ ...good, ...bad }));
