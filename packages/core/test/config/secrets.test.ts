import { inspect } from 'node:util';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';

import { loadConfig } from '../../src/config/load-config.js';
import type { LoadedConfig } from '../../src/config/loaded-config.js';
import { SecretRedaction } from '../../src/config/secret-redaction.js';
import { readSettingText } from '../../src/config/setting-reference.js';
import { aProject, errorOf, load, loadError } from './a-project.js';
import { aSchema } from './a-schema.js';

const CACHE = { domain: 'adapter', key: 'cache', provider: 'redis' } as const;
const SECRET = 'redis://user:hunter2-"\\@host/0';

function project(settings: string, files: Readonly<Record<string, string | Uint8Array>> = {}) {
  return {
    'oneiric.config.yaml': `candidates: [{ domain: adapter, key: cache, provider: redis, factory: './a.js#make' }]
settings:
  adapter:
    cache:
      redis:
        ${settings}
`,
    ...files,
  };
}

const shownOf = ({ config }: LoadedConfig) => config.settings['adapter']?.['cache']?.['redis'];

describe('a secret by reference', () => {
  it('is put in its place for the factory, and shown as the reference everywhere else', async () => {
    const loaded = await load(
      project("{ url: 'env:REDIS_URL', list: ['file:key.txt'], password: 'env:REDIS_URL' }", {
        'key.txt': 'k3y\n',
      }),
      {
        env: { REDIS_URL: SECRET },
      },
    );
    expect(await loaded.settings.of(CACHE)).toEqual({ url: SECRET, list: ['k3y'], password: SECRET });
    expect(shownOf(loaded)).toEqual({
      url: 'env:REDIS_URL',
      list: ['file:key.txt'],
      password: 'env:REDIS_URL',
    });
    const printed = inspect(loaded, { depth: Infinity, showHidden: true }) + JSON.stringify(loaded);
    expect(printed).not.toContain('hunter2');
    expect(printed).not.toContain('k3y');
  });

  it.each([
    [{}, 'env:REDIS_URL, which is not set'],
    [{ REDIS_URL: '' }, 'env:REDIS_URL, which is empty'],
  ])('that is not in the environment %j is a problem with its place', async (env, found) => {
    const { details } = await loadError('ONEIRIC_CONFIG_INVALID', project("url: 'env:REDIS_URL'"), { env });
    expect(details.problems).toMatchObject([
      { path: 'settings.adapter.cache.redis.url', found, origin: { line: 6, column: 14 } },
    ]);
  });

  it('is no problem where only the decision counts, and a refusal of who asks for the settings', async () => {
    const cwd = aProject(project("{ url: 'env:REDIS_URL', key: 'file:none' }"));
    const env: Record<string, string> = {};
    const { settings } = await loadConfig({ cwd, env, missingSecrets: 'note' });
    const owner = { domain: CACHE.domain, key: CACHE.key, provider: CACHE.provider };
    expect(settings.problems).toMatchObject([
      { owner, setting: 'url', found: 'env:REDIS_URL, which is not set' },
      { owner, setting: 'key' },
    ]);
    const error = await errorOf('ONEIRIC_CONFIG_SETTINGS', settings.of(CACHE));
    expect(error.details.problems).toHaveLength(2);
    expect(error.message).toContain(
      'oneiric.config.yaml:6:16 settings.adapter.cache.redis.url: found env:REDIS_URL',
    );
  });

  it('passes later, when it is there', async () => {
    const env: Record<string, string> = {};
    const { settings } = await load(project("url: 'env:REDIS_URL'"), { env, missingSecrets: 'note' });
    await errorOf('ONEIRIC_CONFIG_SETTINGS', settings.of(CACHE));
    env['REDIS_URL'] = 'x';
    expect(await settings.of(CACHE)).toEqual({ url: 'x' });
  });

  it('in a file counts from the project, is text, and loses one line end', async () => {
    const files = { 'a/one': 'x\r\n', two: 'y\n\n' };
    const loaded = await load(project('{ one: file:a/one, two: file:./two }', files));
    expect(await loaded.settings.of(CACHE)).toEqual({ one: 'x', two: 'y\n' });
  });

  it.each([
    ['missing', 'which is not there'],
    ['missing/deep', 'which is not there'],
    ['folder', 'which is not a file'],
    ['large', 'which has 65537 bytes'],
    ['binary', 'which is not UTF-8 text'],
    ['empty', 'which is empty'],
    ['pipe', 'which is not a file'],
  ])('in a file that cannot be one is a problem with its place: %s', async (name, found) => {
    const cwd = aProject(
      project(`url: file:${name}`, {
        large: 'x'.repeat(65_537),
        binary: new Uint8Array([0xff, 0xfe, 0x80]),
        empty: '\n',
      }),
    );
    mkdirSync(join(cwd, 'folder'));
    spawnSync('mkfifo', [join(cwd, 'pipe')]);
    const error = await errorOf('ONEIRIC_CONFIG_INVALID', loadConfig({ cwd, env: {} }));
    expect(error.details.problems).toMatchObject([{ found: `file:${name}, ${found}`, origin: { line: 6 } }]);
  });

  it.each(['env:', 'env:A B', 'env:1', 'env:a=b', 'file:', 'file:  '])(
    'is refused when it refers to nothing: %j',
    async (text) => {
      const { details } = await loadError('ONEIRIC_CONFIG_INVALID', project(`url: ${JSON.stringify(text)}`));
      expect(details.problems).toMatchObject([
        { path: 'settings.adapter.cache.redis.url', found: JSON.stringify(text) },
      ]);
    },
  );

  it.each([
    ['env:A', undefined],
    ['\\env:A', 'env:A'],
    ['\\\\env:A', '\\env:A'],
    ['\\file:x', 'file:x'],
    ['\\other', '\\other'],
    ['environment', 'environment'],
    ['ENV:A', 'ENV:A'],
    [' env:A', ' env:A'],
  ])('is what begins with env: or file:, and a backslash makes it a literal: %j', (text, literal) => {
    const read = readSettingText(text);
    expect(read.kind === 'literal' ? read.value : undefined).toBe(literal);
  });

  it.each([
    ['quotes it', (value: string) => `got ${JSON.stringify(value)}`, 'got "env:REDIS_URL"'],
    ['repeats it', (value: string) => `${value} and ${value}`, 'env:REDIS_URL and env:REDIS_URL'],
    ['puts it into a URL', (value: string) => `?u=${encodeURIComponent(value)}`, '?u=env:REDIS_URL'],
    ['shortens it', (value: string) => `got ${value.slice(0, 12)}…`, 'held back'],
    ['tells its end', (value: string) => `ends with ${value.slice(-9)}`, 'held back'],
  ])('never shows in the message of a schema that %s', async (_, tell, shown) => {
    for (const fails of [
      (value: string) => ({ issues: [{ message: tell(value), path: ['url', value] }] }),
      (value: string) => {
        throw new Error(tell(value));
      },
    ]) {
      const settings = aSchema((value) => fails((value as { url: string }).url));
      const { details, message, cause } = await loadError(
        'ONEIRIC_CONFIG_INVALID',
        { 'oneiric.config.yaml': "settings: { adapter: { cache: { redis: { url: 'env:REDIS_URL' } } } }" },
        { env: { REDIS_URL: SECRET }, candidates: [{ ...CACHE, settings, factory: () => 1 }] },
      );
      expect(details.problems[0]?.expected).toContain(shown);
      expect(inspect(details, { depth: Infinity }) + message + inspect(cause)).not.toContain('hunter2');
    }
  });

  it('leaves nothing of itself in a text, whatever both are', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.array(fc.string()), (secret, parts) => {
        const redaction = new SecretRedaction();
        redaction.add(secret, { scheme: 'env', name: 'X', text: 'env:X' });
        const told = redaction.of(parts.join(secret));
        return 'env:X'.includes(secret) || !told.replaceAll('env:X', '\0').includes(secret);
      }),
    );
  });
});

describe('a literal that looks like a secret', () => {
  it('is not shown under the name of one, nor in the line of a problem', async () => {
    const loaded = await load(
      project(
        "{ password: hunter2, nested: { apiKey: [1, x], token: true }, url: 'redis://u:hunter2@h', size: 3 }",
      ),
    );
    expect(shownOf(loaded)).toEqual({
      password: '[redacted]',
      nested: { apiKey: ['[redacted]', '[redacted]'], token: true },
      url: 'redis://[redacted]@h',
      size: 3,
    });
    const { details } = await loadError(
      'ONEIRIC_CONFIG_INVALID',
      project('password: hunter2\n        size: .nan'),
    );
    expect(details.problems[0]?.excerpt).toEqual([
      { number: 6, text: '        password: [redacted]' },
      { number: 7, text: '        size: .nan' },
    ]);
  });

  it('is not told by the problem that its schema has with it', async () => {
    const settings = aSchema((value) => ({
      issues: [{ message: `bad ${JSON.stringify(value)}`, path: ['password'] }],
    }));
    const { message } = await loadError(
      'ONEIRIC_CONFIG_INVALID',
      { 'oneiric.config.yaml': 'settings: { adapter: { cache: { redis: { password: hunter2 } } } }' },
      { candidates: [{ ...CACHE, settings, factory: () => 1 }] },
    );
    expect(message).toContain('found a value that is not shown');
    expect(message).not.toContain('hunter2');
  });

  it.each([
    ['yaml', 'password: !hunter2'],
    ['yaml', 'password: *hunter2'],
    ['yaml', 'password: "env:hunter2!"'],
    ['yaml', 'redis://user:hunter2@host'],
    ['json', '{ "password": hunter2 }'],
    ['json', '{ "password": "env:hunter2!" }'],
    ['json', '"redis://user:hunter2@host"'],
  ])('is not told by the problem with how it is written: %s, %s', async (extension, written) => {
    const text =
      extension === 'json'
        ? `{ "settings": { "adapter": { "cache": { "redis": ${written} } } } }`
        : `settings:\n  adapter:\n    cache:\n      redis:\n        ${written}\n`;
    const { message, details } = await loadError(
      'ONEIRIC_CONFIG_INVALID',
      { [`oneiric.config.${extension}`]: text },
      { candidates: [{ ...CACHE, factory: () => 1 }] },
    );
    expect(message + JSON.stringify(details)).not.toContain('hunter2');
  });
});
