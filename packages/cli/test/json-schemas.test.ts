import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';

import { main } from '../src/main.js';

const read = (file: string): AnySchemaObject => JSON.parse(readFileSync(file, 'utf8')) as AnySchemaObject;
const folder = join(import.meta.dirname, '../schemas');
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
ajv.addSchema(read(createRequire(import.meta.url).resolve('@oneiric/core/schemas/explanation.schema.json')));
for (const name of ['graph', 'list', 'plan', 'resolution'])
  ajv.addSchema(read(join(folder, `${name}.schema.json`)));

let cwd = '';

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'oneiric-schemas-'));
  writeFileSync(
    join(cwd, 'oneiric.config.yaml'),
    `candidates:
  - { domain: a, key: b, provider: one, version: 1.0.0, factory: './c.js#x', inject: { self: b, gone: nowhere } }
  - { domain: a, key: b, provider: two, priority: -5, factory: './c.js#x' }
  - { domain: a, key: b, provider: three, platform: { os: [plan9] }, factory: './c.js#x' }
  - { domain: a, key: c, provider: one, factory: './c.js#x', requires: [{ domain: a, key: b, capabilities: [x] }] }
  - { domain: a, key: t, provider: one, factory: './c.js#x', requires: [b] }
  - { domain: a, key: t, provider: two, factory: './c.js#x', inject: { b: b } }
`,
  );
  writeFileSync(
    join(cwd, 'status.json'),
    JSON.stringify({
      schemaVersion: 1,
      savedAt: '2026-01-31T12:00:00.000Z',
      components: [
        {
          domain: 'a',
          key: 'b',
          state: 'ready',
          health: 'unhealthy',
          running: { provider: 'two', version: null },
          standing: { winner: { provider: 'two', version: null }, reason: 'same' },
          lastGood: { provider: 'one', version: '1.0.0' },
          failure: [{ code: 'ONEIRIC_X', message: 'it failed' }, { message: 'why' }],
          attempts: 2,
          durations: { build: { count: 1, lastMs: 0.5, p50Ms: 0.5, p95Ms: 0.5, p99Ms: 0.5 } },
          dependencies: [{ parameter: 'self', domain: 'a', key: 'b' }],
        },
      ],
    }),
  );
});

afterAll(() => {
  rmSync(cwd, { recursive: true });
});

describe('what a command prints as JSON', () => {
  it.each([
    ['graph', 'graph'],
    ['graph', 'graph a'],
    ['list', 'list'],
    ['list', 'list --shadowed'],
    ['resolution', 'resolve a/b'],
    ['resolution', 'resolve a/c'],
    ['explanation', 'explain a/b'],
    ['explanation', 'explain a/b --deep'],
    ['explanation', 'explain a/c --deep'],
    ['explanation', 'explain a/t --why-not one --deep --if priority(one)=5'],
    ['explanation', 'explain a/b --status status.json'],
    ['explanation', 'explain a/c --status status.json --deep'],
    ['plan', 'swap a/b --dry-run'],
    ['plan', 'swap a/t --provider one --dry-run'],
    ['explanation', 'explain a/nowhere --why-not nobody --deep'],
  ])('obeys the %s schema: %s', async (schema, command) => {
    let stdout = '';
    await main([...command.split(' '), '--json'], {
      stdout: { write: (text) => void (stdout += text), isTTY: false, columns: undefined },
      stderr: { write: () => undefined, isTTY: false, columns: undefined },
      env: {},
      cwd,
    });
    const validate = ajv.getSchema(`urn:oneiric:schema:${schema}:1`);
    expect([validate?.(JSON.parse(stdout)), validate?.errors]).toEqual([true, null]);
  });
});

describe('the schemas that are shipped', () => {
  it('are all valid, and each can be imported by its path', () => {
    const require = createRequire(import.meta.url);
    for (const file of readdirSync(folder)) {
      expect(ajv.validateSchema(read(require.resolve(`@oneiric/cli/schemas/${file}`)))).toBe(true);
    }
  });
});
