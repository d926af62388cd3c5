import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OneiricError } from '../../src/errors/oneiric-error.js';
import { readStatusFile, setStatusFileAside, writeStatusFile } from '../../src/lifecycle/status-file.js';
import { aComponent, aStatus, SAVED_AT } from './a-status.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneiric-status-'));
  file = join(folder, 'status.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** What a call is refused with, which names the file. */
async function refusalOf(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => new Error('it was not refused'),
    (thrown: unknown) => thrown,
  );
  if (!OneiricError.is(error, 'ONEIRIC_LIFECYCLE_STATUS_FILE')) throw error;
  expect(error.message).toContain(file);
  return error.details.reason;
}

describe('a status file', () => {
  it('gives back what was written', async () => {
    const content = aStatus(
      aComponent(),
      aComponent({ key: 'queue', state: 'failed', running: null, lastGood: null, durations: {} }),
    );
    await writeStatusFile(file, content);
    expect(await readStatusFile(file)).toEqual(content);
  });

  it('is JSON that a person can read, and the same text for the same content', async () => {
    await writeStatusFile(file, aStatus(aComponent({ durations: {}, failure: [], attempts: 0 })));
    expect(readFileSync(file, 'utf8')).toBe(
      `${JSON.stringify(
        {
          schemaVersion: 1,
          savedAt: SAVED_AT,
          components: [
            {
              domain: 'adapter',
              key: 'cache',
              state: 'ready',
              health: 'healthy',
              running: { provider: 'redis', version: '2.1.0' },
              standing: { winner: { provider: 'redis', version: '2.1.0' }, reason: 'same' },
              lastGood: { provider: 'memory', version: null },
              failure: [],
              attempts: 0,
              durations: {},
              dependencies: [{ parameter: 'clock', domain: 'service', key: 'clock' }],
            },
          ],
        },
        null,
        2,
      )}\n`,
    );
  });

  it('is frozen as it is read, all the way down', async () => {
    await writeStatusFile(file, aStatus(aComponent()));
    const status = await readStatusFile(file);
    expect(Object.isFrozen(status?.components[0]?.durations['activation'])).toBe(true);
  });

  it('has no secret in it, whatever a message said', async () => {
    const failure = [{ message: 'Error: connect redis://me:hunter2@cache failed, password=hunter2' }];
    await writeStatusFile(file, aStatus(aComponent({ failure })));
    expect(readFileSync(file, 'utf8')).not.toContain('hunter2');
  });

  it('is undefined where there is none, nor a folder for it', async () => {
    expect(await readStatusFile(file)).toBeUndefined();
    expect(await readStatusFile(join(folder, 'gone', 'status.json'))).toBeUndefined();
  });

  it('passes over what a later version may add', async () => {
    const content = aStatus(aComponent());
    const more = {
      ...content,
      added: { deep: [1] },
      components: [{ ...content.components[0], added: true }],
    };
    writeFileSync(file, JSON.stringify(more));
    expect(await readStatusFile(file)).toEqual(content);
  });

  it('is not written where it would be larger than it may be read, and the one before stays', async () => {
    await writeStatusFile(file, aStatus());
    const before = readFileSync(file, 'utf8');
    const message = 'x'.repeat(1_000_000);
    const large = Array.from({ length: 17 }, (_, n) => aComponent({ key: `k${n}`, failure: [{ message }] }));
    expect(await refusalOf(writeStatusFile(file, aStatus(...large)))).toMatch(
      /^it has 17\d{6} bytes, and 16777216 are the limit$/,
    );
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('is refused where its folder is not there', async () => {
    file = join(folder, 'gone', 'status.json');
    expect(await refusalOf(writeStatusFile(file, aStatus()))).toBe('there is no such folder (ENOENT)');
  });
});

describe('a status file that is damaged', () => {
  const whole = JSON.stringify(aStatus(aComponent()));

  it.each([
    ['empty', '', 'it is not JSON, or only a part of it'],
    ['half written', whole.slice(0, 100), 'it is not JSON, or only a part of it'],
    ['no object', '[]', 'it is an array of 0, expected an object'],
    ['without a version', '{}', 'schemaVersion is undefined, expected the number 1'],
    [
      'of a version that is no number',
      '{"schemaVersion":"1"}',
      'schemaVersion is "1", expected the number 1',
    ],
    ['of a version before the first', '{"schemaVersion":0}', 'schemaVersion is 0, expected the number 1'],
    [
      'of a newer version, whatever else is in it',
      '{"schemaVersion":2,"components":7}',
      'it has the form 2, and this version reads up to 1: a newer @oneiric/core wrote it',
    ],
    ['without components', '{"schemaVersion":1}', 'components is undefined, expected an array'],
  ])('is refused where it is %s', async (_, text, reason) => {
    writeFileSync(file, text);
    expect(await refusalOf(readStatusFile(file))).toBe(reason);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it.each([
    ['domain', '__proto__', 'components[0].domain is "__proto__", expected a name'],
    ['key', '../cache', 'components[0].key is "../cache", expected a name'],
    ['key', undefined, 'components[0].key is undefined, expected a name'],
    [
      'state',
      'redy',
      'components[0].state is "redy", expected one of registered, activating, ready, draining, retired, failed, paused, withdrawn',
    ],
    ['running', 'redis', 'components[0].running is "redis", expected an object'],
    ['running', undefined, 'components[0].running is undefined, expected an object'],
    ['running', { provider: 'redis' }, 'components[0].running.version is undefined, expected a text or null'],
    ['lastGood', { provider: 7, version: null }, 'components[0].lastGood.provider is 7, expected a name'],
    ['failure', {}, 'components[0].failure is an object without properties, expected an array'],
    ['failure', [{ message: 7 }], 'components[0].failure[0].message is 7, expected a text'],
    [
      'failure',
      [{ code: null, message: '' }],
      'components[0].failure[0].code is null, expected a text, or absent',
    ],
    ['health', 'well', 'components[0].health is "well", expected one of healthy, unhealthy, unknown'],
    ['standing', undefined, 'components[0].standing is undefined, expected an object'],
    ['standing', { reason: 'same' }, 'components[0].standing.winner is undefined, expected an object'],
    [
      'standing',
      { winner: null, reason: 'sam' },
      'components[0].standing.reason is "sam", expected one of same, not-running, nothing-wins, swapping, paused, failed, failover-off, follow-off, chosen, pending, decided-otherwise',
    ],
    [
      'dependencies',
      [{ parameter: 'clock', domain: 'service' }],
      'components[0].dependencies[0].key is undefined, expected a name',
    ],
    ['attempts', -1, 'components[0].attempts is -1, expected a whole number from 0'],
    ['attempts', 0.5, 'components[0].attempts is 0.5, expected a whole number from 0'],
    ['durations', [], 'components[0].durations is an array of 0, expected an object'],
    ['durations', { '': {} }, 'components[0].durations has "", which is no name'],
    [
      'durations',
      { build: { count: 1, lastMs: null, p50Ms: 1, p95Ms: 1, p99Ms: 1 } },
      'components[0].durations.build.lastMs is null, expected a number of milliseconds from 0',
    ],
  ])('is refused where the %s of a component is %p', async (name, value, reason) => {
    writeFileSync(file, JSON.stringify({ ...aStatus(), components: [{ ...aComponent(), [name]: value }] }));
    expect(await refusalOf(readStatusFile(file))).toBe(reason);
  });

  it.each(['yesterday', '2026-13-31T12:00:00.000Z', '2026-01-31', 1_700_000_000])(
    'is refused where it was saved at %p',
    async (savedAt) => {
      writeFileSync(file, JSON.stringify({ ...aStatus(), savedAt }));
      expect(await refusalOf(readStatusFile(file))).toContain('savedAt is ');
    },
  );

  it('is refused where a component is in it twice', async () => {
    await writeStatusFile(file, aStatus(aComponent(), aComponent({ key: 'queue' }), aComponent()));
    expect(await refusalOf(readStatusFile(file))).toBe(
      'components[2] is adapter/cache, which is there before',
    );
  });

  it('is refused where it is larger than 16 MiB, without being read', async () => {
    writeFileSync(file, '');
    truncateSync(file, 3_000_000_000);
    expect(await refusalOf(readStatusFile(file))).toBe('it has 3000000000 bytes, and 16777216 are the limit');
  });

  it('is refused where it is no text', async () => {
    writeFileSync(file, new Uint8Array([0xff, 0xfe, 0x7b]));
    expect(await refusalOf(readStatusFile(file))).toBe('it is not UTF-8 text');
  });

  it('is refused, not waited for, where it is a folder or a pipe', async () => {
    mkdirSync(file);
    expect(await refusalOf(readStatusFile(file))).toBe('it is not a file');
    file = join(folder, 'pipe');
    execFileSync('mkfifo', [file]);
    expect(await refusalOf(readStatusFile(file))).toBe('it is not a file');
  });

  it('is read or refused, with every text that a cut and a changed byte can make of it', async () => {
    const outcomes = new Set<string>();
    for (let at = 0; at < whole.length; at += 7) {
      for (const text of [whole.slice(0, at), `${whole.slice(0, at)}"${whole.slice(at + 1)}`]) {
        writeFileSync(file, text);
        const outcome = await readStatusFile(file).then(
          () => 'read',
          (error: unknown) => (OneiricError.is(error) ? error.code : String(error)),
        );
        outcomes.add(outcome);
      }
    }
    outcomes.delete('read');
    expect([...outcomes]).toEqual(['ONEIRIC_LIFECYCLE_STATUS_FILE']);
  });
});

describe('a status file that is set aside', () => {
  it('is kept as it is under another name, in the place of an earlier one', async () => {
    for (const text of ['first', 'second']) {
      writeFileSync(file, text);
      await setStatusFileAside(file);
      expect(existsSync(file)).toBe(false);
    }
    expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe('second');
  });

  it('need not be there', async () => {
    await setStatusFileAside(file);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps what a link leads to where it is', async () => {
    writeFileSync(join(folder, 'real.json'), 'damaged');
    symlinkSync('real.json', file);
    await setStatusFileAside(file);
    expect(readFileSync(join(folder, 'real.json'), 'utf8')).toBe('damaged');
    expect(readFileSync(`${file}.unreadable`, 'utf8')).toBe('damaged');
  });

  it('is no folder: one stays where it is', async () => {
    mkdirSync(file);
    expect(await refusalOf(setStatusFileAside(file))).toBe('it is not a file');
    expect(readdirSync(folder)).toEqual(['status.json']);
  });
});
