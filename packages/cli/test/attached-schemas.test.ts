import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CandidateRegistry, LifecycleManager } from '@oneiric/core';
import { allowAttach } from '@oneiric/core/attach';
import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';

import type { Host } from '../src/host.js';
import { main } from '../src/main.js';

const read = (file: string): AnySchemaObject => JSON.parse(readFileSync(file, 'utf8')) as AnySchemaObject;
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false }); // prettier-ignore
ajv.addSchema(read(createRequire(import.meta.url).resolve('@oneiric/core/schemas/explanation.schema.json')));
for (const name of ['plan', 'status', 'report', 'swap', 'health', 'event', 'list', 'graph', 'resolution'])
  ajv.addSchema(read(join(import.meta.dirname, `../schemas/${name}.schema.json`)));

const before = process.env['ONEIRIC_RUNTIME_DIR'];
const folder = mkdtempSync(join(tmpdir(), 'oneiric-attached-'));
const cleanUps: (() => Promise<void>)[] = [];
let isWell = true;

/** Runs a command line that attaches to this very process. */
async function run(line: string, overrides: Partial<Host> = {}) {
  let stdout = '';
  let stderr = '';
  const code = await main(line.split(' '), {
    stdout: { write: (text) => void (stdout += text), isTTY: false, columns: undefined },
    stderr: { write: (text) => void (stderr += text), isTTY: false, columns: undefined },
    env: {},
    cwd: folder,
    ...overrides,
  });
  return { code, stdout, stderr };
}

function signal() {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

function validate(schema: string, data: unknown): void {
  const check = ajv.getSchema(`urn:oneiric:schema:${schema}:1`);
  expect([check?.(data), check?.errors]).toEqual([true, null]);
}

beforeAll(async () => {
  process.env['ONEIRIC_RUNTIME_DIR'] = folder;
  const registry = new CandidateRegistry();
  const lifecycle = new LifecycleManager(registry, { follow: false });
  const cache = { domain: 'adapter', key: 'cache' };
  await registry.registerAll([
    { ...cache, provider: 'memory', priority: 10, factory: () => ({}) },
    {
      ...cache,
      provider: 'redis',
      version: '2.1.0',
      factory: () => ({}),
      inject: { clock: 'service/clock' },
    },
    {
      ...cache,
      provider: 'untidy',
      factory: () => ({
        close: () => {
          throw new Error('cannot be closed', { cause: new Error('busy') });
        },
      }),
    },
    {
      ...cache,
      provider: 'broken',
      factory: () => {
        throw new Error('connect failed');
      },
    },
    { domain: 'service', key: 'clock', provider: 'system', factory: () => ({}), health: () => isWell },
    { domain: 'service', key: 'idle', provider: 'none', factory: () => ({}) },
  ]);
  await lifecycle.activate('adapter', 'cache');
  await lifecycle.activate('service', 'clock');
  lifecycle.status('service', 'idle');
  const server = await allowAttach({ registry, lifecycle }, { name: 'itself' });
  cleanUps.push(
    () => server.close(),
    () => lifecycle.close().catch(() => undefined),
  );
});

afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
  rmSync(folder, { recursive: true });
  if (before === undefined) delete process.env['ONEIRIC_RUNTIME_DIR'];
  else process.env['ONEIRIC_RUNTIME_DIR'] = before;
});

describe('what is printed as JSON of a running process', () => {
  it.each([
    ['status', 'status', 0],
    ['status', 'status service', 0],
    ['report', 'status adapter/cache', 0],
    ['report', 'status service/idle', 0],
    ['plan', 'swap adapter/cache --dry-run --provider redis', 0],
    ['swap', 'swap adapter/cache --provider untidy', 0],
    ['swap', 'swap adapter/cache --provider redis', 0],
    ['report', 'status adapter/cache', 0],
    ['swap', 'rollback adapter/cache', 0],
    ['swap', 'swap adapter/cache', 0],
    ['status', 'pause adapter/cache --reason full', 0],
    ['status', 'drain adapter/cache', 0],
    ['status', 'resume adapter/cache', 0],
    ['health', 'health', 0],
    ['health', 'health service/idle', 6],
    ['explanation', 'explain adapter/cache --history', 0],
    ['list', 'list', 0],
    ['graph', 'graph', 0],
    ['resolution', 'resolve adapter/cache', 0],
  ])('obeys the %s schema: %s', async (schema, line, expected) => {
    const { code, stdout } = await run(`${line} --attach --json`);
    expect(code).toBe(expected);
    validate(schema, JSON.parse(stdout));
  });

  it('is a problem after the binding with its causes, and an answer that is no', async () => {
    await run('swap adapter/cache --provider untidy --attach');
    const { stdout } = await run('swap adapter/cache --provider redis --attach --json');
    expect(JSON.parse(stdout)).toMatchObject({
      problems: [[{}, { message: 'Error: cannot be closed' }, {}]],
    });
    validate('swap', JSON.parse(stdout));
    isWell = false;
    const health = await run('health --attach --json');
    isWell = true;
    expect(health.code).toBe(6);
    expect(JSON.parse(health.stdout)).toMatchObject({ isHealthy: false });
    validate('health', JSON.parse(health.stdout));
  });

  it('is an event on every line of watch, until Ctrl+C', async () => {
    let interrupt = (): void => undefined;
    const lines: string[] = [];
    const [listening, resumed] = [signal(), signal()];
    const watching = run('watch --attach --json', {
      stdout: {
        write(text) {
          lines.push(text);
          listening.resolve();
          if (text.includes('"resumed"')) resumed.resolve();
        },
        isTTY: false,
        columns: undefined,
      },
      onInterrupt(listener) {
        interrupt = listener;
        return { [Symbol.dispose]: () => undefined };
      },
    });
    await listening.promise;
    for (const line of [
      'swap adapter/cache --provider memory',
      'swap adapter/cache --provider broken',
      'pause adapter/cache',
      'resume adapter/cache',
    ])
      await run(`${line} --attach`);
    await resumed.promise;
    interrupt();
    expect((await watching).code).toBe(0);
    const events = lines.map((line) => JSON.parse(line) as { readonly event: string });
    for (const event of events) validate('event', event);
    expect(new Set(events.map(({ event }) => event))).toEqual(
      new Set(['listening', 'phase', 'swapped', 'failed', 'paused', 'decision-changed', 'resumed']),
    );
  });
});
