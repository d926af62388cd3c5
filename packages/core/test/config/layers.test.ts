import { join } from 'node:path';

import { buildRegistry } from '../../src/config/build-registry.js';
import { loadConfig } from '../../src/config/load-config.js';
import { aProject, errorOf, load, loadError, problemsOf } from './a-project.js';

const FILE = {
  'oneiric.config.yaml': `selections:
  adapter: { cache: redis, queue: bull }
stackOrder: { '@acme/redis': 20, '@acme/disk': 10 }
`,
};

describe('the layers of a configuration', () => {
  it('let the environment replace single values of the file, and flags those of the environment', async () => {
    const { config, origins } = await load(FILE, {
      env: {
        ONEIRIC_SELECTIONS: 'adapter/cache=memory, service/clock=ntp',
        ONEIRIC_STACK_ORDER: '@acme/redis:-5',
      },
      flags: { selections: 'service/clock=system', stackOrder: 'pkgA,pkgB' },
    });
    expect(config.selections).toEqual({
      adapter: { cache: { provider: 'memory', policy: 'pin' }, queue: { provider: 'bull', policy: 'pin' } },
      service: { clock: { provider: 'system', policy: 'pin' } },
    });
    expect(config.stackOrder).toEqual({ '@acme/redis': -5, '@acme/disk': 10, pkgA: 0, pkgB: 10 });
    expect(
      [...origins].map(([path, { kind, variable, flag, line }]) => [path, variable ?? flag ?? line ?? kind]),
    ).toEqual([
      ['defaultPriority', 'default'],
      ['pluginTimeoutMs', 'default'],
      ['selections.adapter.cache', 'ONEIRIC_SELECTIONS'],
      ['selections.adapter.queue', 2],
      ['stackOrder["@acme/redis"]', 'ONEIRIC_STACK_ORDER'],
      ['stackOrder["@acme/disk"]', 3],
      ['selections.service.clock', '--select'],
      ['stackOrder.pkgA', '--stack-order'],
      ['stackOrder.pkgB', '--stack-order'],
    ]);
  });

  it.each(['', '   '])('take a variable that is %j for unset', async (blank) => {
    const { config } = await load(FILE, {
      env: { ONEIRIC_SELECTIONS: blank, ONEIRIC_STACK_ORDER: blank, ONEIRIC_CONFIG: '' },
    });
    expect(config.stackOrder).toEqual({ '@acme/redis': 20, '@acme/disk': 10 });
  });

  it.each([
    ['adapter/cache', 'ONEIRIC_SELECTIONS selections: "adapter/cache"'],
    ['adapter/cache=', 'ONEIRIC_SELECTIONS selections: "adapter/cache="'],
    ['cache=redis', 'ONEIRIC_SELECTIONS selections: "cache=redis"'],
    ['a/b=c,', 'ONEIRIC_SELECTIONS selections: ""'],
    ['a/b=c,a/b=d', 'ONEIRIC_SELECTIONS selections.a.b: "a/b=d" after "c"'],
    ['a/b=c d', 'ONEIRIC_SELECTIONS selections.a.b: "c d"'],
    ['__proto__/b=c', 'ONEIRIC_SELECTIONS selections.__proto__: "__proto__"'],
  ])('refuse ONEIRIC_SELECTIONS=%s', async (text, problem) => {
    expect(await problemsOf(FILE, { env: { ONEIRIC_SELECTIONS: text } })).toContain(problem);
  });

  it.each([
    ['pkgA:ten', 'ONEIRIC_STACK_ORDER stackOrder.pkgA: "ten"'],
    ['pkgA:1e3', 'ONEIRIC_STACK_ORDER stackOrder.pkgA: "1e3"'],
    ['pkgA:0x10', 'ONEIRIC_STACK_ORDER stackOrder.pkgA: "0x10"'],
    ['pkgA:', 'ONEIRIC_STACK_ORDER stackOrder.pkgA: ""'],
    ['pkgA:1001', 'ONEIRIC_STACK_ORDER stackOrder.pkgA: 1001'],
    ['pkgA:1.5', 'ONEIRIC_STACK_ORDER stackOrder.pkgA: "1.5"'],
    ['pkgA:1,pkgB', 'ONEIRIC_STACK_ORDER stackOrder: "pkgB"'],
    ['pkgA:1,pkgA:2', 'ONEIRIC_STACK_ORDER stackOrder.pkgA: "pkgA" again'],
    ['pkgA,pkgA', 'ONEIRIC_STACK_ORDER stackOrder[1]: "pkgA" again'],
    ['pkg A:1', 'ONEIRIC_STACK_ORDER stackOrder["pkg A"]: "pkg A"'],
    [
      Array.from({ length: 102 }, (_, index) => `p${String(index)}`).join(),
      'ONEIRIC_STACK_ORDER stackOrder: a list of 102',
    ],
  ])('refuse ONEIRIC_STACK_ORDER=%s', async (text, problem) => {
    expect(await problemsOf(FILE, { env: { ONEIRIC_STACK_ORDER: text } })).toContain(problem);
  });

  it('report their problems together', async () => {
    const problems = await problemsOf(
      { 'oneiric.config.yaml': 'defaultPriority: x\n' },
      { env: { ONEIRIC_SELECTIONS: 'x', ONEIRIC_STACK_ORDER: 'a:b' }, flags: { selections: 'y' } },
    );
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'oneiric.config.yaml:1:18',
      'ONEIRIC_SELECTIONS',
      'ONEIRIC_STACK_ORDER',
      '--select',
    ]);
  });
});

describe('the file of a configuration', () => {
  it('is the one that is asked for, else that of ONEIRIC_CONFIG, else the nearest', async () => {
    const cwd = aProject({
      'oneiric.config.yaml': '',
      'b.json': '{"defaultPriority":2}',
      'c/d.yaml': 'defaultPriority: 3',
    });
    const env = { ONEIRIC_CONFIG: 'b.json' };
    expect((await loadConfig({ cwd, env, file: 'c/d.yaml' })).config.defaultPriority).toBe(3);
    expect((await loadConfig({ cwd, env })).config.defaultPriority).toBe(2);
    expect(await loadConfig({ cwd, env: {} })).toMatchObject({
      file: join(cwd, 'oneiric.config.yaml'),
      projectDir: cwd,
    });
  });

  it('is an error where there is none', async () => {
    const cwd = aProject({});
    const none = await errorOf('ONEIRIC_CONFIG_NOT_FOUND', loadConfig({ cwd, env: {} }));
    expect(none.message).toContain('oneiric.config.ts, ');
    const missing = await errorOf(
      'ONEIRIC_CONFIG_UNREADABLE',
      loadConfig({ cwd, env: {}, file: 'nope.yaml' }),
    );
    expect(missing.details).toEqual({ file: join(cwd, 'nope.yaml'), reason: 'there is no such file' });
    const folder = await errorOf(
      'ONEIRIC_CONFIG_UNREADABLE',
      loadConfig({ cwd: join(cwd, '..'), env: {}, file: `${cwd}/../${cwd.split('/').at(-1) ?? ''}.yaml` }),
    );
    expect(folder.details.reason).toBe('there is no such file');
  });

  it.each(['conf.yml', 'conf.toml', 'conf'])('has to be of a form that is read: %s', async (file) => {
    const error = await loadError('ONEIRIC_CONFIG_FORMAT', { [file]: '' }, { file });
    expect(error.details.file).toBe(file);
  });
});

describe('a registry built from a configuration', () => {
  it('decides by it, and every value keeps its origin', async () => {
    const loaded = await load(
      {
        'oneiric.config.yaml': `selections: { adapter: { queue: { provider: bull, policy: prefer } } }
stackOrder: [low, high]
defaultPriority: 7
candidates:
  - { domain: adapter, key: cache, provider: memory, factory: "low/x#make" }
  - { domain: adapter, key: cache, provider: redis, factory: "high/x#make" }
  - { domain: adapter, key: queue, provider: bull, factory: "./q.js#make" }
  - { domain: adapter, key: queue, provider: rabbit, priority: 9, factory: "./q.js#make" }
`,
      },
      { env: { ONEIRIC_STACK_ORDER: 'high:11' } },
    );
    const registry = await buildRegistry(loaded);
    expect(registry.revision).toBe(1);
    const cache = registry.explain('adapter', 'cache');
    expect(cache.winner?.provider).toBe('redis');
    expect(cache.winner?.origins.priority).toEqual({
      kind: 'stack-order',
      package: 'high',
      setBy: { kind: 'environment', variable: 'ONEIRIC_STACK_ORDER', path: 'stackOrder.high' },
    });
    const queue = registry.explain('adapter', 'queue');
    expect(queue.winner?.provider).toBe('bull');
    expect(queue.selection).toMatchObject({
      policy: 'prefer',
      state: 'matched',
      origin: { kind: 'config', line: 1 },
    });
    expect(queue.winner?.origins.priority).toMatchObject({
      kind: 'config',
      path: 'defaultPriority',
      line: 3,
    });
    expect(queue.winner?.origins.site).toMatchObject({ file: 'oneiric.config.yaml', line: 7, column: 5 });
  });
});
