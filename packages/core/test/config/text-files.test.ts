import { load, loadError, problemsOf } from './a-project.js';

const yaml = (text: string) => ({ 'oneiric.config.yaml': text });
const json = (text: string) => ({ 'oneiric.config.json': text });
const EMPTY = {
  selections: {},
  stackOrder: {},
  defaultPriority: 0,
  candidates: [],
  plugins: undefined,
  pluginTimeoutMs: 10_000,
  allowedPackages: undefined,
  settings: {},
};

describe('a YAML configuration', () => {
  it('gives every value with the place where it is written', async () => {
    const { config, origins } = await load(
      yaml(`selections:
  adapter:
    cache: redis
    queue.fast: { provider: bull, policy: prefer }
stackOrder:
  "@acme/redis": 20
  memory: -5
defaultPriority: 3
candidates:
  - domain: adapter
    key: cache
    provider: redis
    factory: "@acme/redis/cache#create"
`),
    );
    expect(config).toEqual({
      selections: {
        adapter: {
          cache: { provider: 'redis', policy: 'pin' },
          'queue.fast': { provider: 'bull', policy: 'prefer' },
        },
      },
      stackOrder: { '@acme/redis': 20, memory: -5 },
      defaultPriority: 3,
      candidates: [
        {
          domain: 'adapter',
          key: 'cache',
          provider: 'redis',
          factory: '@acme/redis/cache#create',
          source: {
            kind: 'config',
            id: 'oneiric.config.yaml',
            package: '@acme/redis',
            file: 'oneiric.config.yaml',
            line: 10,
            column: 5,
          },
        },
      ],
      plugins: undefined,
      pluginTimeoutMs: 10_000,
      allowedPackages: undefined,
      settings: {},
    });
    const at = (line: number, column: number, path: string) => ({
      kind: 'config',
      path,
      file: 'oneiric.config.yaml',
      line,
      column,
    });
    expect(Object.fromEntries(origins)).toEqual({
      'selections.adapter.cache': at(3, 12, 'selections.adapter.cache'),
      'selections.adapter["queue.fast"]': at(4, 17, 'selections.adapter["queue.fast"]'),
      'stackOrder["@acme/redis"]': at(6, 18, 'stackOrder["@acme/redis"]'),
      'stackOrder.memory': at(7, 11, 'stackOrder.memory'),
      defaultPriority: at(8, 18, 'defaultPriority'),
      pluginTimeoutMs: { kind: 'default' },
    });
  });

  it.each(['', '# only a comment\n', '---\n', 'null\n', '{}'])('may be empty: %j', async (text) => {
    expect((await load(yaml(text))).config).toEqual(EMPTY);
  });

  it('may start with a byte order mark and end its lines the Windows way', async () => {
    const { origins } = await load(yaml('\uFEFFselections:\r\n  adapter:\r\n    cache: redis\r\n'));
    expect(origins.get('selections.adapter.cache')).toMatchObject({ line: 3, column: 12 });
  });

  it('may use anchors', async () => {
    const { config } = await load(yaml('selections:\n  adapter: &same { cache: redis }\n  service: *same\n'));
    expect(config.selections['service']).toEqual({ cache: { provider: 'redis', policy: 'pin' } });
  });

  it.each([
    ['a map that is not closed', 'selections: {\n', '2:1 '],
    ['a value beside a value', 'selections: a: b\n', '1:13 '],
    ['a tab as indentation', 'selections:\n\tadapter: {}\n', '2:1 '],
    ['two documents', 'selections: {}\n---\nselections: {}\n', '2:1 '],
    ['a tag', 'selections: !!js/function "x"\n', '1:13 '],
    ['an alias of nothing', 'selections: *nothing\n', '1:13 selections'],
    ['a key twice', 'defaultPriority: 1\ndefaultPriority: 2\n', '2:1 defaultPriority'],
    ['a key that is no text', '1: x\n', '1:1 '],
    ['a key that is a list', '? [a]\n: b\n', '1:3 '],
    ['a number that is none', 'defaultPriority: .nan\n', '1:18 defaultPriority'],
    ['a number too large to keep', 'defaultPriority: 99999999999999999999\n', '1:18 defaultPriority'],
  ])('is refused with a place for %s', async (_, text, place) => {
    const [problem] = await problemsOf(yaml(text));
    expect(problem).toMatch(new RegExp(`^oneiric\\.config\\.yaml:${place}`));
  });

  it('tells of a tag nobody knows in the same report as everything else, with the place of the tag', async () => {
    const text = `selections: !!js/function "x"
stackOrder: [a, !own b, 'c d']
defaultPriority: !!int 5000
plugins: !!set {a, b}
1: x
candidates:
  - { domain: !x &a y, key: k, factory: !!binary aGVsbG8= }
`;
    expect(await problemsOf(yaml(text))).toEqual([
      'oneiric.config.yaml:1:13 selections: the tag "!!js/function"',
      'oneiric.config.yaml:2:17 stackOrder[1]: the tag "!own"',
      'oneiric.config.yaml:4:10 plugins: the tag "!!set"',
      'oneiric.config.yaml:5:1 : a key that is not text',
      'oneiric.config.yaml:7:15 candidates[0].domain: the tag "!x"',
      'oneiric.config.yaml:7:41 candidates[0].factory: the tag "!!binary"',
      'oneiric.config.yaml:2:25 stackOrder[2]: "c d"',
      'oneiric.config.yaml:3:24 defaultPriority: 5000',
    ]);
  });

  it('is refused when aliases unfold into too much, in one problem and at once', async () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const value = level === 0 ? 'x' : `*l${String(level - 1)}`;
      return `l${String(level)}: &l${String(level)} [${Array(10).fill(value).join(',')}]`;
    });
    const problems = await problemsOf(yaml(levels.join('\n')));
    expect(problems).toEqual([expect.stringContaining('aliases that unfold into too many values')]);
  });

  it('is refused when it contains itself or nests too deeply', async () => {
    expect(await problemsOf(yaml('a: &a [*a]\n'))).toEqual(['oneiric.config.yaml:1:8 a: one level too many']);
    const deep = await problemsOf(yaml(`a: ${'['.repeat(20_000)}`));
    expect(deep.length).toBeGreaterThan(0);
  });
});

describe('a JSON configuration', () => {
  it('has places, too', async () => {
    const { origins } = await load(json('{\n  "selections": { "adapter": { "cache": "redis" } }\n}'));
    expect(origins.get('selections.adapter.cache')).toMatchObject({
      file: 'oneiric.config.json',
      line: 2,
      column: 41,
    });
  });

  it.each([
    ['nothing', '', '1:1 '],
    ['a comma too many', '{"defaultPriority":1,}', '1:22 '],
    ['a comment', '{} // no', '1:4 '],
    ['single quotes', "{'a': 1}", '1:2 '],
    ['no end', '{"selections": {', '1:17 '],
    ['something behind the end', '{}\n{}', '2:1 '],
    ['a tab inside a text', '{"selections": "\t"}', '1:16 '],
    ['a key twice', '{"defaultPriority": 1,\n "defaultPriority": 2}', '2:2 defaultPriority'],
    ['a number too large', '{"defaultPriority": 1e999}', '1:21 defaultPriority'],
    ['a number with too many digits', '{"defaultPriority": 9007199254740993}', '1:21 defaultPriority'],
  ])('is refused with a place for %s', async (_, text, place) => {
    const [problem] = await problemsOf(json(text));
    expect(problem).toMatch(new RegExp(`^oneiric\\.config\\.json:${place}`));
  });

  it('is refused when it nests too deeply, however deeply', async () => {
    for (const levels of [100, 200_000]) {
      const problems = await problemsOf(json(`${'['.repeat(levels)}${']'.repeat(levels)}`));
      expect(problems).toEqual([expect.stringMatching(/one level too many|nested too deeply/)]);
    }
  });
});

describe('a configuration of any form', () => {
  it.each([
    ['{"__proto__": {"polluted": true}}', '__proto__'],
    ['{"selections": {"__proto__": {"cache": "redis"}}}', 'selections.__proto__'],
    ['{"selections": {"adapter": {"constructor": "redis"}}}', 'selections.adapter.constructor'],
    ['{"stackOrder": {"__proto__": 1}}', 'stackOrder.__proto__'],
    ['{"toString": 1}', 'toString'],
  ])('takes the names of Object.prototype for nothing else: %s', async (text, path) => {
    const problems = await problemsOf(json(text));
    expect(problems).toEqual([expect.stringContaining(` ${path}: `)]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('lists all of its problems in one error, each with what was found, what was expected and the nearest name', async () => {
    const { details, message } = await loadError(
      'ONEIRIC_CONFIG_INVALID',
      yaml(`selectionz: {}
selections:
  adapter:
    cache: 5
    queue: { provider: bull, policy: prefre }
stackOrder:
  "@acme/redis": "10"
defaultPriority: 1001
candidates:
  - domain: adapter
    key: cache
    proivder: redis
    factory: "node:fs#readFile"
`),
    );
    const told = details.problems.map(({ path, found, expected, nearest }) => [
      path,
      found,
      expected,
      nearest,
    ]);
    expect(told).toEqual([
      [
        'selectionz',
        'the unknown key "selectionz"',
        expect.stringMatching(/^one of selections, /),
        'selections',
      ],
      ['selections.adapter.cache', '5', expect.stringContaining('the name of a provider'), undefined],
      ['selections.adapter.queue.policy', '"prefre"', '"pin" or "prefer"', 'prefer'],
      ['stackOrder["@acme/redis"]', '"10"', 'an integer from -1000 to 1000', undefined],
      ['defaultPriority', '1001', 'an integer from -1000 to 1000', undefined],
      [
        'candidates[0].proivder',
        expect.stringContaining('redis'),
        expect.stringContaining('"provider"'),
        undefined,
      ],
      ['candidates[0].factory', '"node:fs#readFile"', expect.stringContaining('part of Node'), undefined],
    ]);
    expect(
      details.problems.every(({ origin }) => origin.line !== undefined && origin.column !== undefined),
    ).toBe(true);
    expect(message.split('\n')).toHaveLength(8);
    expect(message).toContain('oneiric.config.yaml:1:1 selectionz: found the unknown key');
    expect(message).toContain('Did you mean "selections"?');
  });

  it('shows the line with a problem and the one before it', async () => {
    const { details } = await loadError('ONEIRIC_CONFIG_INVALID', yaml('a: 1\nstackOrder:\n  x: no\n'));
    expect(details.problems[1]?.excerpt).toEqual([
      { number: 2, text: 'stackOrder:' },
      { number: 3, text: '  x: no' },
    ]);
  });

  it('refuses the same provider twice and names both places', async () => {
    const candidate = '  - { domain: adapter, key: cache, provider: redis, factory: "./a.js#make" }\n';
    expect(await problemsOf(yaml(`candidates:\n${candidate}${candidate}`))).toEqual([
      'oneiric.config.yaml:3:5 candidates[1]: adapter/cache with provider "redis" a second time (first at oneiric.config.yaml:2:5)',
    ]);
  });

  it('refuses a stack order of more packages than a priority can tell apart', async () => {
    const list = (length: number) =>
      `stackOrder: [${Array.from({ length }, (_, index) => `p${String(index)}`).join(', ')}]`;
    expect((await load(yaml(list(101)))).config.stackOrder['p100']).toBe(1000);
    expect(await problemsOf(yaml(list(102)))).toEqual(['oneiric.config.yaml:1:13 stackOrder: a list of 102']);
  });

  it.each([
    ['selections', 'selections: [redis]'],
    ['selections.adapter', 'selections: { adapter: redis }'],
    ['selections.adapter.cache', 'selections: { adapter: { cache: } }'],
    ['selections.adapter.cache.provider', 'selections: { adapter: { cache: { policy: pin } } }'],
    ['selections.adapter.cache', 'selections: { adapter: { cache: "a b" } }'],
    ['selections["a b"]', 'selections: { "a b": { cache: redis } }'],
    ['stackOrder', 'stackOrder: high'],
    ['stackOrder[1]', 'stackOrder: [a, a]'],
    ['stackOrder[0]', 'stackOrder: [1]'],
    ['stackOrder["a b"]', 'stackOrder: { "a b": 1 }'],
    ['stackOrder.a', 'stackOrder: { a: 1.5 }'],
    ['defaultPriority', 'defaultPriority: "1"'],
    ['candidates', 'candidates: {}'],
    ['candidates[0]', 'candidates: [redis]'],
    ['candidates[0].priority', 'candidates: [{ domain: a, key: b, factory: "./a#b", priority: 2000 }]'],
    [
      'candidates[0].requires[0]',
      'candidates: [{ domain: a, key: b, factory: "./a#b", requires: ["a/b/c"] }]',
    ],
    ['plugins', 'plugins: true'],
    ['plugins[0]', 'plugins: ["../x"]'],
    ['settings', 'settings: []'],
    ['environments', 'environments: production'],
    ['', '[1, 2]'],
    ['', 'text'],
  ])('has a problem at %s in %s', async (path, text) => {
    const [problem] = await problemsOf(yaml(`${text}\n`));
    expect(problem?.split(': ')[0]).toMatch(new RegExp(` ${path.replace(/[[\]"]/g, '\\$&')}$`));
  });

  it('says where it sets what only a plugin that is not loaded may be for', async () => {
    const { notices } = await load(yaml('plugins: [a]\nsettings: { adapter: { cache: { redis: {} } } }\n'));
    expect(notices.map(({ path, origin }) => [path, origin.line])).toEqual([['settings.adapter', 2]]);
  });

  it.each([
    ['it is not UTF-8 text', new Uint8Array([0xff, 0xfe, 0x61, 0x00])],
    ['1048577 bytes', new Uint8Array(1_048_577)],
  ])('is refused as unreadable: %s', async (reason, content) => {
    const error = await loadError('ONEIRIC_CONFIG_UNREADABLE', { 'oneiric.config.yaml': content });
    expect(error.details.reason).toContain(reason);
  });
});
