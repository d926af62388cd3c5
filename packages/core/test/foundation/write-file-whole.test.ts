import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { tellWriteFailure, writeFileWhole } from '../../src/foundation/write-file-whole.js';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneiric-whole-'));
  file = join(folder, 'a.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a file that is written whole', () => {
  it('is there with nothing beside it, and says whether it is another than before', async () => {
    expect([await writeFileWhole(file, 'one'), await writeFileWhole(file, 'one')]).toEqual([true, false]);
    expect(await writeFileWhole(file, 'two')).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(folder)).toEqual(['a.json']);
  });

  it('keeps the permissions that it had', async () => {
    writeFileSync(file, 'one');
    chmodSync(file, 0o640);
    await writeFileWhole(file, 'two');
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('leaves a symbolic link a link, and replaces what it leads to', async () => {
    mkdirSync(join(folder, 'real'));
    writeFileSync(join(folder, 'real', 'b.json'), 'one');
    symlinkSync(join('real', 'b.json'), file);
    await writeFileWhole(file, 'two');
    expect(readFileSync(join(folder, 'real', 'b.json'), 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'real'))).toEqual(['b.json']);
  });

  it.each([
    ['it is a folder', 'there is a folder in its place', ''],
    ['there is no such folder', 'its folder is not there', 'gone'],
  ])('is refused because %s where %s, and leaves nothing behind', async (reason, _where, inside) => {
    mkdirSync(file);
    const error = await writeFileWhole(inside === '' ? file : join(folder, inside, 'a.json'), 'one').catch(
      (thrown: unknown) => thrown,
    );
    expect(tellWriteFailure(error)).toContain(reason);
    expect(readdirSync(folder)).toEqual(['a.json']);
    expect(readdirSync(file)).toEqual([]);
  });

  it('is refused, not waited for, where there is a pipe in its place, which stays', async () => {
    execFileSync('mkfifo', [file]);
    const error = await writeFileWhole(file, 'one').catch((thrown: unknown) => thrown);
    expect(tellWriteFailure(error)).toBe('it is not a file');
    expect(statSync(file).isFIFO()).toBe(true);
    expect(readdirSync(folder)).toEqual(['a.json']);
  });
});
