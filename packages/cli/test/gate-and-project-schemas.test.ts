import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';

import { main } from '../src/main.js';

const read = (file: string): AnySchemaObject => JSON.parse(readFileSync(file, 'utf8')) as AnySchemaObject;
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
const require = createRequire(import.meta.url);
ajv.addSchema(read(require.resolve('@oneiric/core/schemas/explanation.schema.json')));
for (const name of ['comparison', 'acceptance', 'diagnosis', 'config-values', 'plugins'])
  ajv.addSchema(read(join(import.meta.dirname, `../schemas/${name}.schema.json`)));

const BEFORE = `candidates:
  - { domain: a, key: b, provider: one, version: 1.0.0, factory: './c.js#x' }
  - { domain: a, key: b, provider: two, priority: -5, factory: './c.js#x' }
  - { domain: a, key: gone, provider: one, factory: './c.js#x' }
environments: { old: {}, production: {} }
`;
const AFTER = `plugins: ['@acme/none']
stackOrder: { '@acme/none': 5 }
selections: { a: { d: gone } }
candidates:
  - { domain: a, key: b, provider: one, version: 1.1.0, factory: './d.js#x', inject: { self: b, x: nowhere } }
  - { domain: a, key: b, provider: two, priority: 5, factory: './c.js#x' }
  - { domain: a, key: b, provider: three, platform: { os: [plan9] }, factory: '@acme/none#x' }
  - { domain: a, key: t, provider: one, factory: './c.js#x', requires: [b] }
  - { domain: a, key: t, provider: two, factory: './c.js#x', inject: { t: t } }
settings: { a: { b: { one: { url: 'env:NOT_SET', list: [1], password: hunter2 } } } }
environments:
  production: { selections: { a: { b: { provider: one, policy: prefer }, c: one } } }
  new: { defaultPriority: 7 }
`;

let cwd = '';

async function print(command: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  let stdout = '';
  await main(command.split(' '), {
    stdout: { write: (text) => void (stdout += text), isTTY: false, columns: undefined },
    stderr: { write: () => undefined, isTTY: false, columns: undefined },
    env,
    cwd,
  });
  return stdout;
}

beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), 'oneiric-schemas-'));
  mkdirSync(join(cwd, 'sub'));
  writeFileSync(join(cwd, 'oneiric.config.yaml'), BEFORE);
  await print('lock');
  writeFileSync(join(cwd, 'oneiric.config.yaml'), AFTER);
});

afterAll(() => {
  rmSync(cwd, { recursive: true });
});

describe('what a command prints as JSON', () => {
  it.each([
    ['comparison', 'check'],
    ['comparison', 'check --env production --strict'],
    ['comparison', 'diff --env new --env production'],
    ['comparison', 'diff oneiric.lock.json'],
    ['acceptance', 'lock --dry-run'],
    ['diagnosis', 'doctor'],
    ['diagnosis', 'doctor --env production'],
    ['config-values', 'config'],
    ['config-values', 'config --env new --select a/b=one'],
    ['config-values', 'config settings'],
    ['plugins', 'plugins'],
  ])('obeys the %s schema: %s', async (schema, command) => {
    const text = await print(`${command} --json`, { ONEIRIC_STACK_ORDRE: 'x' });
    const validate = ajv.getSchema(`urn:oneiric:schema:${schema}:1`);
    expect([validate?.(JSON.parse(text)), validate?.errors]).toEqual([true, null]);
  });

  it('never shows a literal secret', async () => {
    for (const command of ['config', 'config settings', 'doctor', 'lock --dry-run'])
      expect(await print(`${command} --json`)).not.toContain('hunter2');
  });

  it('tells every environment apart where a lockfile is compared with now', async () => {
    const { differences } = JSON.parse(await print('diff oneiric.lock.json --json')) as {
      readonly differences: readonly { readonly environment: string | null; readonly key: string | null }[];
    };
    expect(new Set(differences.map(({ environment }) => environment))).toEqual(
      new Set([null, 'new', 'old', 'production']),
    );
    expect(await print('diff oneiric.lock.json --json')).toContain('"accept": "oneiric lock"');
  });
});
