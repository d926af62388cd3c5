import { z } from 'zod';

import type { CandidateInput } from '../../src/decision/candidate.js';
import { loadConfig, type LoadConfigOptions } from '../../src/config/load-config.js';
import type { SettingsProblem } from '../../src/config/loaded-config.js';
import { aProject, errorOf, load, loadError, problemsOf } from './a-project.js';
import { aSchema } from './a-schema.js';

const REDIS = { domain: 'adapter', key: 'cache', provider: 'redis' } as const;
const SCHEMA = z.object({
  url: z.url(),
  pool: z.object({ min: z.number().default(1), max: z.number() }).optional(),
});

/** A YAML configuration, and a candidate with a schema that the program itself offers. */
function withSchema(
  text: string,
  settings: CandidateInput['settings'],
  options: Omit<LoadConfigOptions, 'candidates'> = {},
) {
  const candidates: CandidateInput[] = [
    { ...REDIS, factory: () => 1, ...(settings === undefined ? {} : { settings }) },
  ];
  return [{ 'oneiric.config.yaml': text }, { ...options, candidates }] as const;
}

const LAYERED = `settings:
  adapter:
    cache:
      redis: { url: redis://localhost, pool: { max: 3 }, tags: [a, b] }
environments:
  production:
    settings: { adapter: { cache: { redis: { pool: { max: 50, min: 5 }, tags: [c] } } } }
`;

describe('the settings of a provider', () => {
  it('reach its factory as its schema gives them', async () => {
    const text = 'settings: { adapter: { cache: { redis: { url: redis://h, pool: { max: 3 } } } } }';
    const { settings } = await load(...withSchema(text, SCHEMA));
    expect(await settings.of({ ...REDIS, settings: SCHEMA })).toEqual({
      url: 'redis://h',
      pool: { min: 1, max: 3 },
    });
  });

  it('are merged by layer: maps part by part, lists as a whole, each part with its own origin', async () => {
    const { config, origins } = await load(...withSchema(LAYERED, undefined, { environment: 'production' }));
    expect(config.settings['adapter']?.['cache']?.['redis']).toEqual({
      url: 'redis://localhost',
      pool: { max: 50, min: 5 },
      tags: ['c'],
    });
    const at = (line: number, environment: string, name: string) => [
      `settings.adapter.cache.redis.${name}`,
      line,
      `${environment}settings.adapter.cache.redis.${name}`,
    ];
    const told = [...origins].map(([path, { line, path: written }]) => [path, line, written]);
    expect(told.filter(([path]) => String(path).startsWith('settings'))).toEqual([
      at(4, '', 'url'),
      at(7, 'environments.production.', 'pool.max'),
      at(7, 'environments.production.', 'pool.min'),
      at(7, 'environments.production.', 'tags'),
    ]);
  });

  it('pass without a schema as frozen data, and are an empty map where nothing is set', async () => {
    const { settings } = await load(...withSchema(LAYERED, undefined));
    const value = await settings.of(REDIS);
    expect(value).toEqual({ url: 'redis://localhost', pool: { max: 3 }, tags: ['a', 'b'] });
    expect(Object.isFrozen(value)).toBe(true);
    expect(Object.isFrozen((value as { pool: object }).pool)).toBe(true);
    expect(await settings.of({ ...REDIS, provider: 'memory' })).toEqual({});
  });

  it('are reported with the line of each part that the schema refuses, and the path inside them', async () => {
    const text = `settings:
  adapter:
    cache:
      redis:
        url: not a url
        pool:
          min: many
`;
    const { details } = await loadError('ONEIRIC_CONFIG_INVALID', ...withSchema(text, SCHEMA));
    const told = details.problems.map(({ path, origin: { line, column }, found }) => [
      path,
      line,
      column,
      found,
    ]);
    expect(told).toEqual([
      ['settings.adapter.cache.redis.url', 5, 14, '"not a url"'],
      ['settings.adapter.cache.redis.pool.min', 7, 16, '"many"'],
      ['settings.adapter.cache.redis.pool.max', 7, 11, 'nothing'],
    ]);
    expect(details.problems[0]?.expected).toMatch(/^what its schema takes \(Invalid URL\)$/);
  });

  it('are told by the line of the layer that set the part in question', async () => {
    const text = `settings: { adapter: { cache: { redis: { url: redis://h, pool: { max: 1 } } } } }
environments:
  production:
    settings: { adapter: { cache: { redis: { pool: { max: much } } } } }
`;
    const [files, options] = withSchema(text, SCHEMA, { environment: 'production' });
    expect(await problemsOf(files, options)).toEqual([
      'oneiric.config.yaml:4:59 environments.production.settings.adapter.cache.redis.pool.max: "much"',
    ]);
    expect((await load(files, { ...options, environment: undefined as never })).environment).toBeUndefined();
  });

  it.each([
    [
      'of a domain',
      'adaptor: { cache: { redis: {} } }',
      '1:13 settings.adaptor: the domain "adaptor"',
      'adapter',
    ],
    [
      'of a key',
      'adapter: { cahce: { redis: {} } }',
      '1:24 settings.adapter.cahce: the key "cahce"',
      'cache',
    ],
    [
      'of a provider',
      'adapter: { cache: { rediss: {} } }',
      '1:33 settings.adapter.cache.rediss: the provider "rediss"',
      'redis',
    ],
  ])('are refused under the name %s that nothing is offered for', async (_, text, told, nearest) => {
    const project = withSchema(`settings: { ${text} }`, undefined);
    const problems = await problemsOf(...project);
    expect(problems).toEqual([`oneiric.config.yaml:${told}, which nothing is offered for`]);
    const { details } = await loadError('ONEIRIC_CONFIG_INVALID', ...project);
    expect(details.problems[0]?.nearest).toBe(nearest);
  });

  it.each([
    ['', 'no package offers it: if a plugin was removed, install it again or remove its settings'],
    ['plugins: false\n', 'plugins are switched off'],
  ])('are refused with a word about plugins where no name is near: %j', async (more, told) => {
    const project = { 'oneiric.config.yaml': `${more}settings: { adapter: { cache: { redis: {} } } }\n` };
    const { details } = await loadError('ONEIRIC_CONFIG_INVALID', project);
    expect(details.problems[0]?.expected).toBe(
      `a domain that a candidate has; there is no candidate; ${told}`,
    );
    const { notices } = await load(project, { unknownSettings: 'note' });
    expect(notices.map(({ text }) => text)).toEqual([
      'settings of the domain "adapter", which nothing is offered for',
    ]);
  });

  it('may be for a provider that a plugin brings, with a remark', async () => {
    const { notices } = await load({
      'oneiric.config.yaml': 'plugins: [p]\nsettings: { adapter: { cache: { redis: {} } } }\n',
    });
    expect(notices.map(({ text }) => text)).toContain(
      'settings of the domain "adapter", which nothing is offered for',
    );
  });

  it.each([
    ['adapter', 'settings.adapter: 1', 'settings: { adapter: 1 }'],
    ['a key', 'settings.adapter.cache: null', 'settings: { adapter: { cache: } }'],
    ['a provider', 'settings.adapter.cache.redis: "x"', 'settings: { adapter: { cache: { redis: x } } }'],
    ['a name', 'settings["no name"]: "no name"', 'settings: { no name: {} }'],
    [
      'a part',
      'settings.adapter.cache.redis.__proto__: "__proto__"',
      'settings: { adapter: { cache: { redis: { __proto__: { a: 1 } } } } }',
    ],
  ])('are refused in another shape: %s', async (_, problem, text) => {
    const problems = await problemsOf(...withSchema(text, SCHEMA));
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(({} as { a?: unknown }).a).toBeUndefined();
  });

  it.each([
    ['() => 1', 'a function'],
    ['new Date(0)', 'an object without properties'],
    ['NaN', 'NaN'],
    ['10n', '10n'],
    ['Symbol("x")', 'Symbol(x)'],
  ])('are data, also in a module: %s is refused', async (value, found) => {
    const text = `export default { candidates: [{ domain: 'a', key: 'b', factory: () => 1 }], settings: { a: { b: { default: { list: [1, ${value}], none: undefined } } } } };`;
    expect(await problemsOf({ 'oneiric.config.mjs': text })).toEqual([
      `oneiric.config.mjs settings.a.b.default.list[1]: ${found}`,
    ]);
  });

  it('are refused when they contain themselves', async () => {
    const text = `const loop = {}; loop.loop = loop;
export default { candidates: [{ domain: 'a', key: 'b', factory: () => 1 }], settings: { a: { b: { default: loop } } } };`;
    expect(await problemsOf({ 'oneiric.config.mjs': text })).toEqual([
      'oneiric.config.mjs settings.a.b.default: one level too many, or a value that contains itself',
    ]);
  });
});

describe('a schema of settings', () => {
  const TEXT = 'settings: { adapter: { cache: { redis: { url: x } } } }\n';
  const problemWith = async (schema: CandidateInput['settings'], options: LoadConfigOptions = {}) => {
    const { details } = await loadError('ONEIRIC_CONFIG_INVALID', ...withSchema(TEXT, schema, options));
    return details.problems.map(({ path, expected }) => `${path}: ${expected}`);
  };

  it('may be asynchronous', async () => {
    const schema = aSchema(async (value) => {
      await new Promise((resolve) => setImmediate(resolve));
      return { value: { got: value } };
    });
    const { settings } = await load(...withSchema(TEXT, schema));
    expect(await settings.of({ ...REDIS, settings: schema })).toEqual({ got: { url: 'x' } });
  });

  it.each([
    [
      'throws',
      () => {
        throw new TypeError('boom');
      },
      'it threw TypeError: boom',
    ],
    ['rejects', () => Promise.reject(new Error('later')), 'it threw Error: later'],
    ['answers nothing', () => undefined as never, 'no result of a Standard Schema'],
    ['answers with an empty list of issues', () => ({ issues: [] }), 'no result of a Standard Schema'],
    ['answers with something else', () => ({ issues: 'no' }) as never, 'no result of a Standard Schema'],
    ['gives an issue without words', () => ({ issues: [{}] }) as never, 'it does not say why'],
    ['gives an issue that is nothing', () => ({ issues: [null] }) as never, 'it does not say why'],
  ])('that %s is a problem of the settings, not a crash', async (_, validate, told) => {
    expect(await problemWith(aSchema(validate))).toEqual([
      expect.stringMatching(
        new RegExp(`^settings\\.adapter\\.cache\\.redis: what its schema takes \\(.*${told}`),
      ),
    ]);
  });

  it('that is none is a problem, too', async () => {
    const [told] = await problemWith({ '~standard': {} } as never);
    expect(told).toContain('it threw TypeError');
  });

  it('that never answers is given up', async () => {
    expect(
      await problemWith(
        aSchema(() => new Promise(() => undefined)),
        { timeoutMs: 20 },
      ),
    ).toEqual(['settings.adapter.cache.redis: what its schema takes (it gave no answer within 20 ms)']);
  });

  it('is given up when the signal is aborted, with its reason', async () => {
    const abort = new AbortController();
    const asked = new Promise<void>((resolve) => {
      const schema = aSchema(() => {
        resolve();
        return new Promise(() => undefined);
      });
      const [files, options] = withSchema(TEXT, schema);
      loading = loadConfig({ ...options, cwd: aProject(files), env: {}, signal: abort.signal });
    });
    await asked;
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(loading).rejects.toBe(reason);
  });
  let loading: Promise<unknown> = Promise.resolve();

  it('may change what it is given without changing the configuration', async () => {
    const schema = aSchema((value) => {
      (value as { url: string }).url = 'changed';
      return { value };
    });
    const { config, settings } = await load(...withSchema(TEXT, schema));
    expect(await settings.of({ ...REDIS, settings: schema })).toEqual({ url: 'changed' });
    expect(config.settings['adapter']?.['cache']?.['redis']).toEqual({ url: 'x' });
    expect(await settings.of(REDIS)).toEqual({ url: 'x' });
  });

  it('is asked about nothing where nothing is set, and refuses then only who asks for the settings', async () => {
    const { settings } = await load(...withSchema('', SCHEMA));
    expect(settings.problems.map(({ path, found }) => [path, found])).toEqual([
      ['settings.adapter.cache.redis.url', 'nothing'],
    ]);
    const error = await errorOf('ONEIRIC_CONFIG_SETTINGS', settings.of({ ...REDIS, settings: SCHEMA }));
    const [{ owner, setting, ...problem }] = settings.problems as [SettingsProblem];
    expect({ owner, setting }).toEqual({ owner: REDIS, setting: 'url' });
    expect(error.details).toEqual({ ...REDIS, problems: [problem] });
    const { settings: filled } = await load(...withSchema('', z.object({ size: z.number().default(3) })));
    expect(filled.problems).toEqual([]);
  });

  it('is not asked again for what passed', async () => {
    let asked = 0;
    const schema = aSchema((value) => {
      asked++;
      return { value };
    });
    const { settings } = await load(...withSchema(TEXT, schema));
    const first = await settings.of({ ...REDIS, settings: schema });
    expect(await settings.of({ ...REDIS, settings: schema })).toBe(first);
    expect(asked).toBe(1);
  });
});
