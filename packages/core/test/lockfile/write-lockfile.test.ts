import { spawnSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { OneiricError } from '../../src/errors/oneiric-error.js';
import { printLock } from '../../src/lockfile/print-lock.js';
import { readLockfile } from '../../src/lockfile/read-lockfile.js';
import { writeLockfile } from '../../src/lockfile/write-lockfile.js';
import { lockOf } from './a-lock.js';

const one = lockOf([{ provider: 'redis' }]);
const other = lockOf([{ provider: 'memory' }]);
let folder = '';
let file = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneiric-lockfile-'));
  file = join(folder, 'oneiric.lock.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (OneiricError.is(error)) return error.code;
    throw error;
  }
  return 'done';
}

describe('a lockfile on the disk', () => {
  it('is written whole, and read as it was', async () => {
    expect(await writeLockfile(file, one)).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(printLock(one));
    expect((await readLockfile(file)).keys).toEqual(one.keys);
    expect(readdirSync(folder)).toEqual(['oneiric.lock.json']);
  });

  it('is refused where it is a pipe, and nobody waits for a writer', async () => {
    spawnSync('mkfifo', [file]);
    expect(await codeOf(readLockfile(file))).toBe('ONEIRIC_LOCKFILE_UNREADABLE');
  });

  it('is left alone where nothing changed', async () => {
    await writeLockfile(file, one);
    const before = statSync(file);
    expect(await writeLockfile(file, one)).toBe(false);
    expect(statSync(file).ino).toBe(before.ino);
  });

  it('keeps its permissions', async () => {
    await writeLockfile(file, one);
    chmodSync(file, 0o660);
    await writeLockfile(file, other);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('660');
  });

  it('stays a symbolic link where it is one: what it leads to is replaced', async () => {
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real', 'lock.json'), printLock(one));
    symlinkSync(join('real', 'lock.json'), file);
    await writeLockfile(file, other);
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(folder, 'real', 'lock.json'), 'utf8')).toBe(printLock(other));
    expect(readdirSync(join(folder, 'real'))).toEqual(['lock.json']);
  });

  it('is never seen half written', async () => {
    await writeLockfile(file, one);
    const texts = new Set<string>();
    let isDone = false;
    const writing = (async () => {
      for (let round = 0; round < 40; round++) await writeLockfile(file, round % 2 === 0 ? other : one);
      isDone = true;
    })();
    while (!isDone) {
      texts.add(readFileSync(file, 'utf8'));
      await new Promise(setImmediate);
    }
    await writing;
    expect([...texts].filter((text) => text !== printLock(one) && text !== printLock(other))).toEqual([]);
  });

  it('is refused where it is a folder, and the folder stays', async () => {
    mkdirSync(file);
    expect(await codeOf(writeLockfile(file, one))).toBe('ONEIRIC_LOCKFILE_NOT_WRITTEN');
    expect(await codeOf(readLockfile(file))).toBe('ONEIRIC_LOCKFILE_UNREADABLE');
    expect(readdirSync(folder)).toEqual(['oneiric.lock.json']);
  });

  it('is refused where its folder is not there', async () => {
    expect(await codeOf(writeLockfile(join(folder, 'gone', 'x.json'), one))).toBe(
      'ONEIRIC_LOCKFILE_NOT_WRITTEN',
    );
  });

  it('is not found where there is none', async () => {
    expect(await codeOf(readLockfile(file))).toBe('ONEIRIC_LOCKFILE_NOT_FOUND');
  });

  it('is refused where it is no text', async () => {
    writeFileSync(file, new Uint8Array([0xff, 0xfe, 0x7b]));
    expect(await codeOf(readLockfile(file))).toBe('ONEIRIC_LOCKFILE_UNREADABLE');
  });
});
