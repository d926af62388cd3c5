import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Ajv2020, type AnySchemaObject } from 'ajv/dist/2020.js';
import fc from 'fast-check';

import { OneiricError } from '../../src/errors/oneiric-error.js';
import { parseLock } from '../../src/lockfile/parse-lock.js';
import { printLock } from '../../src/lockfile/print-lock.js';
import { anyLock, lockOf } from './a-lock.js';
// The details of its errors, which the types of parseLock do not lead to.
import '../../src/lockfile/lockfile-errors.js';

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../schemas/lockfile.schema.json'), 'utf8'),
) as AnySchemaObject;
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile(schema);

const redis = {
  provider: 'redis',
  priority: 50,
  source: { kind: 'plugin', id: '@acme/redis', package: '@acme/redis', version: '2.1.0' },
} as const;

async function codeOf(text: string): Promise<string> {
  try {
    await parseLock(text);
  } catch (error) {
    if (OneiricError.is(error)) return error.code;
    throw error;
  }
  return 'a lock';
}

async function problemsOf(text: string): Promise<readonly string[]> {
  try {
    await parseLock(text);
  } catch (error) {
    if (!OneiricError.is(error, 'ONEIRIC_LOCKFILE_INVALID')) throw error;
    return error.details.problems.map(
      ({ path, origin, found, expected }) =>
        `${String(origin.line)}:${String(origin.column)} ${path}: ${found}, not ${expected}`,
    );
  }
  return [];
}

describe('the text of a lock', () => {
  it('gives the same lock when it is read', async () => {
    await fc.assert(
      fc.asyncProperty(anyLock, async (lock) => {
        const read = await parseLock(printLock(lock));
        expect(read.keys).toEqual(lock.keys);
        expect(read.environments).toEqual(lock.environments);
        expect(printLock(read)).toBe(printLock(lock));
      }),
      { numRuns: 300 },
    );
  });

  it('obeys its schema', () => {
    fc.assert(
      fc.property(anyLock, (lock) => {
        expect([validate(JSON.parse(printLock(lock))), validate.errors]).toEqual([true, null]);
      }),
      { numRuns: 300 },
    );
  });

  it('is what a reviewer can read: a value on a line, the reason in a sentence, a line end', () => {
    expect(printLock(lockOf([redis, { provider: 'memory', priority: 10 }]))).toBe(`{
  "schemaVersion": 1,
  "keys": {
    "adapter/cache": {
      "winner": "redis",
      "outcome": "resolved",
      "decidedBy": "priority",
      "summary": "redis (@acme/redis 2.1.0) wins over memory: decided at priority, 50 over 10.",
      "fingerprint": "${lockOf([redis, { provider: 'memory', priority: 10 }]).keys?.get('adapter/cache')?.fingerprint ?? ''}",
      "candidates": [
        {
          "provider": "redis",
          "state": "active",
          "priority": 50,
          "stackLevel": 0,
          "source": "plugin",
          "package": "@acme/redis",
          "version": "2.1.0"
        },
        {
          "provider": "memory",
          "state": "shadowed",
          "priority": 10,
          "stackLevel": 0,
          "source": "manual"
        }
      ]
    }
  }
}
`);
  });

  it('holds nothing of the machine, of the time or of a secret', () => {
    const source = {
      kind: 'remote',
      id: 'https://me:hunter2@host/x',
      file: '/home/me/app/x.ts',
      line: 4,
    } as const;
    const text = printLock(
      lockOf([
        { source },
        { provider: 'old', platform: { node: '>=99' } },
        { provider: 'ill', marks: { UNHEALTHY: 'connect ECONNREFUSED 10.0.0.1' } },
      ]),
    );
    expect(text).toContain('"reason": "needs Node >=99"');
    expect(text).toContain('"reason": "is unhealthy"');
    expect(text).not.toMatch(/home|hunter2|10\.0\.0\.1|20\.20\.2|"line"|\d{13}/);
  });

  it('is the same whatever the order of the environments', () => {
    const one = lockOf([redis]).keys ?? new Map();
    const two = lockOf([{ provider: 'memory' }]).keys ?? new Map();
    const text = (names: readonly (readonly [string, typeof one])[]) =>
      printLock({ keys: undefined, environments: new Map(names) });
    expect(text([['b', one], ['a', two]])).toBe(text([['a', two], ['b', one]])); // prettier-ignore
  });
});

describe('a text that is no lock', () => {
  it('gives a lock or a coded error, however it is mutated', async () => {
    const seen = new Set<string>();
    const piece = fc.constantFrom('"', '{', '}', '[', ']', ',', ':', 'null', '-1', '1e999', '"x"', '\n', '<<<<<<< ours\n', '\u0000', '\ud800', '__proto__'); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(anyLock, fc.nat(), fc.nat(60), piece, async (lock, at, length, instead) => {
        const text = printLock(lock);
        const from = at % text.length;
        seen.add(await codeOf(text.slice(0, from) + instead + text.slice(from + length)));
      }),
      { numRuns: 1500 },
    );
    expect([...seen].filter((code) => code !== 'a lock' && !code.startsWith('ONEIRIC_LOCKFILE_'))).toEqual(
      [],
    );
    expect(seen).toContain('ONEIRIC_LOCKFILE_INVALID');
  });

  it.each([
    ['', ['1:1 : the end of the file, not a value']],
    ['[]', ['1:1 : an array of 0, not what "oneiric lock" writes: a map with schemaVersion, keys and environments']],
    ['{"schemaVersion":1}', ['1:1 : neither of them, not keys, environments or both']],
    ['{"schemaVersion":"1","keys":{}}', ['1:18 schemaVersion: "1", not the number 1']],
    ['{"schemaVersion":1,"keys":{"a":{}}}', expect.arrayContaining(['1:28 keys.a: "a", not a domain and a key, such as "adapter/cache"'])],
    ['{"schemaVersion":1,"keys":{},"keys":{}}', ['1:30 keys: this key a second time (first in line 1), not every key once']],
  ])('is refused with the place and what is right: %s', async (text, problems) => {
    expect((await problemsOf(text)).slice(0, text.startsWith('[') ? 1 : undefined)).toEqual(problems);
  }); // prettier-ignore

  it('is refused where the winner is not the candidate that is active', async () => {
    const text = printLock(lockOf([redis])).replace('"winner": "redis"', '"winner": "memory"');
    expect(await problemsOf(text)).toEqual([
      '5:17 keys["adapter/cache"].winner: "memory", not the provider of the one active candidate, or null where none is active',
    ]);
  });

  it('is refused by the name of what it is: a merge that is not finished', async () => {
    const text = printLock(lockOf([redis])).replace(
      '      "winner"',
      '<<<<<<< HEAD\n      "winner": "x",\n=======\n      "winner"',
    );
    expect(await codeOf(text)).toBe('ONEIRIC_LOCKFILE_MERGE_CONFLICT');
  });

  it('is refused by the name of what it is: written by a newer version', async () => {
    expect(await codeOf('{"schemaVersion":2,"decisions":[]}')).toBe('ONEIRIC_LOCKFILE_VERSION');
  });

  it('is refused where it is too large to be one', async () => {
    expect(await codeOf(' '.repeat(16_777_217))).toBe('ONEIRIC_LOCKFILE_UNREADABLE');
  });

  it('may have properties that this version does not know', async () => {
    const text = printLock(lockOf([redis])).replace(
      '"winner"',
      '"note": { "by": "a later version" }, "winner"',
    );
    expect((await parseLock(text)).keys).toEqual(lockOf([redis]).keys);
  });

  it('tells twenty problems at most', async () => {
    const keys = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`adapter/k${String(index)}`, 1]),
    );
    expect(await problemsOf(JSON.stringify({ schemaVersion: 1, keys }))).toHaveLength(20);
  });
});
