import { loadConfig } from '../../src/config/load-config.js';
import { aProject, load, loadError } from './a-project.js';

// TypeScript configurations run in the suite of the built command line: jiti compiles outside of jest's modules.
const mjs = (text: string, more: Readonly<Record<string, string>> = {}) => ({
  'oneiric.config.mjs': text,
  ...more,
});

describe('a configuration module', () => {
  it('exports what it says, factories included', async () => {
    const { config } = await load(
      mjs(
        'import { make } from "./make.mjs";\nexport default { candidates: [{ domain: "a", key: "b", factory: make }] };',
        {
          'make.mjs': 'export const make = () => "made";',
        },
      ),
    );
    const { factory, source } = config.candidates[0] ?? {};
    expect((factory as () => unknown)()).toBe('made');
    expect(source).toEqual({ kind: 'config', id: 'oneiric.config.mjs', file: 'oneiric.config.mjs' });
  });

  it('keeps a source that a candidate brings along, and says where it was written', async () => {
    const source = { kind: 'plugin', id: 'p', package: '@acme/p', version: '1.0.0' };
    const { config } = await load(
      mjs(
        `export default { candidates: [{ domain: "a", key: "b", factory: () => 1, source: ${JSON.stringify(source)} }] }`,
      ),
    );
    expect(config.candidates[0]?.source).toEqual({ ...source, file: 'oneiric.config.mjs' });
  });

  it('adds the place to a config source that names only the package that does the work', async () => {
    const source = { kind: 'config', package: 'lru-cache', version: '11.5.3' };
    const { config } = await load(
      mjs(
        `export default { candidates: [{ domain: "a", key: "b", factory: () => 1, source: ${JSON.stringify(source)} }] }`,
      ),
    );
    const place = { id: 'oneiric.config.mjs', file: 'oneiric.config.mjs' };
    expect(config.candidates[0]?.source).toEqual({ ...source, ...place });
  });

  it.each([
    ['nothing', 'export {};'],
    ['"config", "other" but no default', 'export const config = {}, other = 1;'],
    ['a function', 'export default () => ({});'],
    ['a function', 'export default class {}'],
    ['a promise', 'export default Promise.resolve({});'],
    ['null', 'export default null;'],
    ['an array of 1', 'export default [1];'],
    ['5', 'export default 5;'],
  ])('is refused when it exports %s: %s', async (found, text) => {
    const error = await loadError('ONEIRIC_CONFIG_EXPORT', mjs(text));
    expect(error.details).toMatchObject({ file: 'oneiric.config.mjs', found });
  });

  it.each([
    'await new Promise(() => {}); export default {};',
    'export function then() {}\nexport default {};',
  ])('is given up when it never finishes: %s', async (text) => {
    const error = await loadError('ONEIRIC_CONFIG_TIMEOUT', mjs(text), { timeoutMs: 50 });
    expect(error.details).toEqual({ file: 'oneiric.config.mjs', timeoutMs: 50 });
  });

  it('is given up when its signal is aborted, with the reason of the signal', async () => {
    const abort = new AbortController();
    const loading = loadConfig({
      cwd: aProject(mjs('await new Promise(() => {});')),
      env: {},
      signal: abort.signal,
    });
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(loading).rejects.toBe(reason);
    await expect(loadConfig({ cwd: aProject(mjs('')), env: {}, signal: abort.signal })).rejects.toBe(reason);
  });

  it('is refused with the place where it threw', async () => {
    const error = await loadError(
      'ONEIRIC_CONFIG_THREW',
      mjs('import { go } from "./go.mjs";\ngo();\nexport default {};', {
        'go.mjs': '\nexport function go() {\n  throw new TypeError("boom");\n}',
      }),
    );
    expect(error.details).toMatchObject({ at: { file: 'go.mjs', line: 3 }, thrown: 'TypeError: boom' });
    expect(error.details.excerpt).toEqual([
      { number: 2, text: 'export function go() {' },
      { number: 3, text: '  throw new TypeError("boom");' },
    ]);
    expect(error.message).not.toContain('\n    at ');
  });

  it('tells nothing of what it threw that looks like a secret', async () => {
    const { message } = await loadError(
      'ONEIRIC_CONFIG_THREW',
      mjs('throw new Error("no answer from redis://user:hunter2@host, password=hunter2");'),
    );
    expect(message).toContain('no answer from redis://[redacted]@host, password=[redacted]');
  });

  it.each([
    ['"text"', '"text"'],
    ['undefined', 'undefined'],
    ['null', 'null'],
    ['{ a: 1 }', 'an object with a'],
  ])('may throw %s, too', async (value, thrown) => {
    const error = await loadError('ONEIRIC_CONFIG_THREW', mjs(`throw ${value};`));
    expect(error.details).toMatchObject({ thrown, at: undefined });
  });

  it.each([
    ['an error that cannot be looked at', 'new Proxy(new Error("x"), { get() { throw 1; } })'],
    [
      'an error that lies about what is missing',
      'Object.assign(new Error("x"), { code: "MODULE_NOT_FOUND", requireStack: [1] })',
    ],
    ['an error with other things for texts', 'Object.assign(new Error("x"), { stack: 5, message: 3 })'],
    ['something that is no text', '{ toString() { throw 1; } }'],
  ])('may throw %s, and is refused with a code all the same', async (_, thrown) => {
    const error = await loadError('ONEIRIC_CONFIG_THREW', mjs(`throw ${thrown};`));
    expect(error.details.file).toBe('oneiric.config.mjs');
  });

  it.each([
    ['{ then() {} }', 'ONEIRIC_CONFIG_INVALID'],
    ['new Proxy({}, { get() { throw 1; } })', 'ONEIRIC_CONFIG_INVALID'],
    ['Promise.reject(new Error("late"))', 'ONEIRIC_CONFIG_EXPORT'],
  ] as const)('may export %s, which neither hangs nor ends the process', async (value, code) => {
    const error = await loadError(code, mjs(`export default ${value};`));
    expect(error.code).toBe(code);
  });

  it.each([
    ['not-installed', 'npm install not-installed'],
    ['@acme/not-installed/deep.js', 'npm install @acme/not-installed'],
    ['./missing.mjs', 'Check the path'],
  ])('is refused with the import that is not there: %s', async (specifier, hint) => {
    const error = await loadError(
      'ONEIRIC_CONFIG_IMPORT',
      mjs(`\nimport "${specifier}";\nexport default {};`),
    );
    expect(error.details).toMatchObject({ importer: 'oneiric.config.mjs', specifier, at: { line: 2 } });
    expect(error.details.hint).toContain(hint);
  });

  it.each([
    ['selections', '{ get selections() { throw new Error("no"); } }'],
    ['candidates', '{ candidates: [{ get domain() { throw new Error("no"); } }] }'],
    ['a trap', 'new Proxy({}, { ownKeys() { throw new Error("no"); } })'],
  ])('is refused when it throws while it is read: %s', async (_, value) => {
    const { details } = await loadError('ONEIRIC_CONFIG_INVALID', mjs(`export default ${value};`));
    expect(details.problems).toHaveLength(1);
    expect(details.problems[0]?.found).toMatch(/throws when it is read/);
  });

  it.each(['new Map()', 'new Date()', '[]', 'new Set()', '/x/', 'Symbol("x")', '1n', '() => 1'])(
    'is refused where it has %s for a map',
    async (value) => {
      const { details } = await loadError(
        'ONEIRIC_CONFIG_INVALID',
        mjs(`export default { selections: ${value}, stackOrder: ${value === '[]' ? '1' : value} };`),
      );
      expect(details.problems.map(({ path }) => path)).toEqual(['selections', 'stackOrder']);
    },
  );
});
