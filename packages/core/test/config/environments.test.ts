import { buildRegistry } from '../../src/config/build-registry.js';
import { load, loadError, problemsOf } from './a-project.js';

const FILE = {
  'oneiric.config.yaml': `selections: { adapter: { cache: memory, queue: bull } }
stackOrder: { '@acme/redis': 20 }
candidates:
  - { domain: adapter, key: cache, provider: memory, factory: './a.js#memory' }
  - { domain: adapter, key: cache, provider: redis, factory: './a.js#redis' }
environments:
  production:
    selections: { adapter: { cache: redis } }
    stackOrder: { '@acme/redis': 30, '@acme/disk': 5 }
    defaultPriority: 3
    candidates:
      - { domain: adapter, key: cache, provider: redis, factory: './a.js#cluster' }
      - { domain: adapter, key: queue, provider: bull, factory: './a.js#bull' }
  staging: {}
`,
};

describe('an environment of a configuration', () => {
  it('is not in force unless it is asked for, and the file tells which there are', async () => {
    const { config, environment, environments, origins } = await load(FILE);
    expect(environment).toBeUndefined();
    expect(environments).toEqual(['production', 'staging']);
    expect(config.selections).toEqual({
      adapter: { cache: { provider: 'memory', policy: 'pin' }, queue: { provider: 'bull', policy: 'pin' } },
    });
    expect(config.candidates).toHaveLength(2);
    expect(origins.has('environment')).toBe(false);
  });

  it('replaces single values of the file, and each says in which line of which environment it stands', async () => {
    const { config, environment, origins } = await load(FILE, { environment: 'production' });
    expect(environment).toBe('production');
    expect(config.selections['adapter']).toMatchObject({
      cache: { provider: 'redis' },
      queue: { provider: 'bull' },
    });
    expect(config.stackOrder).toEqual({ '@acme/redis': 30, '@acme/disk': 5 });
    expect(config.defaultPriority).toBe(3);
    expect(origins.get('selections.adapter.cache')).toEqual({
      kind: 'config',
      path: 'environments.production.selections.adapter.cache',
      file: 'oneiric.config.yaml',
      line: 8,
      column: 37,
    });
    expect(origins.get('selections.adapter.queue')).toMatchObject({ line: 1 });
    expect(origins.get('stackOrder["@acme/redis"]')).toMatchObject({ line: 9 });
    expect(origins.get('environment')).toEqual({ kind: 'flag', flag: '--env' });
  });

  it('replaces a candidate of the file in its place, and adds its others', async () => {
    const loaded = await load(FILE, { environment: 'production' });
    expect(loaded.config.candidates.map(({ key, provider, factory }) => [key, provider, factory])).toEqual([
      ['cache', 'memory', './a.js#memory'],
      ['cache', 'redis', './a.js#cluster'],
      ['queue', 'bull', './a.js#bull'],
    ]);
    const registry = await buildRegistry(loaded);
    expect(registry.resolve('adapter', 'cache')?.factory).toBe('./a.js#cluster');
    expect(registry.resolve('adapter', 'cache')?.source).toMatchObject({ line: 12 });
  });

  it('is chosen by ONEIRIC_ENV, and by the flag above that; a blank variable chooses none', async () => {
    const env = { ONEIRIC_ENV: ' staging ' };
    const byVariable = await load(FILE, { env });
    expect(byVariable.environment).toBe('staging');
    expect(byVariable.origins.get('environment')).toEqual({ kind: 'environment', variable: 'ONEIRIC_ENV' });
    expect((await load(FILE, { env, environment: 'production' })).environment).toBe('production');
    expect((await load(FILE, { env: { ONEIRIC_ENV: ' ' } })).environment).toBeUndefined();
  });

  it('lies below the variables and the flags', async () => {
    const { config } = await load(FILE, {
      environment: 'production',
      env: { ONEIRIC_SELECTIONS: 'adapter/cache=disk', ONEIRIC_STACK_ORDER: '@acme/disk:7' },
      flags: { selections: ['adapter/queue=rabbit', 'service/clock=ntp'] },
    });
    expect(config.selections).toMatchObject({
      adapter: { cache: { provider: 'disk' }, queue: { provider: 'rabbit' } },
      service: { clock: { provider: 'ntp' } },
    });
    expect(config.stackOrder).toEqual({ '@acme/redis': 30, '@acme/disk': 7 });
  });

  it.each([
    ['prodution', 'production'],
    ['nothing-like-it', undefined],
    ['', undefined],
    ['__proto__', undefined],
    ['toString', undefined],
  ])('is refused by the names that there are when it is not there: %j', async (environment, nearest) => {
    const { details } = await loadError('ONEIRIC_CONFIG_INVALID', FILE, { environment });
    expect(details.problems).toEqual([
      {
        path: '',
        origin: { kind: 'flag', flag: '--env' },
        found: `the environment ${JSON.stringify(environment)}`,
        expected: 'one of production, staging, as oneiric.config.yaml has them',
        ...(nearest === undefined ? {} : { nearest }),
        excerpt: [],
      },
    ]);
  });

  it('is refused where the file has none', async () => {
    const { message } = await loadError(
      'ONEIRIC_CONFIG_INVALID',
      { 'oneiric.config.json': '{}' },
      { env: { ONEIRIC_ENV: 'production' } },
    );
    expect(message).toContain(
      'environment variable ONEIRIC_ENV: found the environment "production"; expected no environment, since oneiric.config.json has none',
    );
  });

  it('is checked with the rest of the file, chosen or not', async () => {
    const problems = await problemsOf({
      'oneiric.config.yaml': `defaultPriority: x
environments:
  'no name': {}
  production: { selection: {}, environments: {} }
  staging: { candidates: [{ domain: a, key: b, factory: 'node:fs#rm' }] }
  empty:
`,
    });
    expect(problems).toEqual([
      'oneiric.config.yaml:1:18 defaultPriority: "x"',
      'oneiric.config.yaml:3:3 environments["no name"]: "no name"',
      'oneiric.config.yaml:4:17 environments.production.selection: the unknown key "selection"',
      'oneiric.config.yaml:4:32 environments.production.environments: the unknown key "environments"',
      'oneiric.config.yaml:5:57 environments.staging.candidates[0].factory: "node:fs#rm"',
      'oneiric.config.yaml:6:9 environments.empty: null',
    ]);
  });
});
