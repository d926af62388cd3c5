import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import * as disk from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

/** What somebody else does to the disk, once, after the file was looked at and before it is opened. */
let beforeOpening = (): void => undefined;
/** And after it was opened, before it is looked at again and read. */
let afterOpening = (): void => undefined;
let doesKernelTell = true;

jest.unstable_mockModule('node:fs/promises', () => ({
  ...disk,
  lstat: async (...args: Parameters<typeof disk.lstat>) => {
    const found = await disk.lstat(...args);
    beforeOpening();
    beforeOpening = () => undefined;
    return found;
  },
  readlink: async (path: string) => {
    afterOpening();
    return doesKernelTell ? disk.readlink(path) : disk.readlink('/nothing/here');
  },
}));

const { readPinnedFile } = await import('../../src/security/pinned-file.js');

const TEXT = 'export const create = 1;';
const CHANGED = { kind: 'changed' };
let folder = '';
let file = '';

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'oneiric-pinned-')));
  mkdirSync(join(folder, 'src'));
  file = join(folder, 'src/file.js');
  writeFileSync(file, TEXT);
});

afterEach(() => {
  beforeOpening = () => undefined;
  afterOpening = () => undefined;
  doesKernelTell = true;
  rmSync(folder, { recursive: true, force: true });
});

/** Another file, with the same bytes, in the place of this one. */
function exchange(): void {
  writeFileSync(join(folder, 'other.js'), TEXT);
  renameSync(join(folder, 'other.js'), file);
}

/** The same file, which is somewhere else now, behind a link. */
function linkFile(): void {
  renameSync(file, join(folder, 'moved.js'));
  symlinkSync(join(folder, 'moved.js'), file);
}

/** The same file, in a folder that is somewhere else now, behind a link. */
function linkFolder(): void {
  renameSync(join(folder, 'src'), join(folder, 'moved'));
  symlinkSync(join(folder, 'moved'), join(folder, 'src'));
}

describe.each([
  ['where the kernel tells the path of an open file', true],
  ['where it does not', false],
])('a file that is read, %s,', (_where, tells) => {
  beforeEach(() => {
    doesKernelTell = tells;
  });

  it('has its bytes and their digest where nobody touches it', async () => {
    expect(await readPinnedFile(file, 1000)).toEqual({
      bytes: new Uint8Array(Buffer.from(TEXT)),
      digest: `sha256-${createHash('sha256').update(TEXT).digest('base64url')}`,
    });
  });

  it.each([
    ['another file takes its place', exchange],
    ['a link to it takes its place', linkFile],
    ['a link takes the place of its folder', linkFolder],
    ['it is removed', () => rmSync(file)],
    ['its folder is removed', () => rmSync(join(folder, 'src'), { recursive: true })],
    ['it grows', () => appendFileSync(file, ' ')],
    ['it shrinks', () => truncateSync(file, TEXT.length - 1)],
  ])('has changed where %s once it is open', async (_what, change) => {
    afterOpening = change;
    expect(await readPinnedFile(file, 1000)).toEqual(CHANGED);
  });

  it.each([
    ['another file takes its place', exchange],
    ['a link to it takes its place', linkFile],
    ['a link takes the place of its folder', linkFolder],
    ['it is removed', () => rmSync(file)],
  ])('has changed where %s before it is opened', async (_what, change) => {
    beforeOpening = change;
    expect(await readPinnedFile(file, 1000)).toEqual(CHANGED);
  });
});

describe('a file', () => {
  it('is read with as many bytes as may be read, and with none', async () => {
    expect(await readPinnedFile(file, TEXT.length)).toMatchObject({ bytes: { length: TEXT.length } });
    truncateSync(file);
    expect(await readPinnedFile(file, 0)).toMatchObject({ bytes: { length: 0 } });
  });

  it('is refused with one byte more', async () => {
    expect(await readPinnedFile(file, TEXT.length - 1)).toEqual({
      kind: 'invalid',
      found: '24 bytes long',
      expected: 'at most 23 bytes',
    });
  });

  it('has changed where it is a link or gone at the first look', async () => {
    linkFile();
    expect(await readPinnedFile(file, 1000)).toEqual(CHANGED);
    rmSync(file);
    expect(await readPinnedFile(file, 1000)).toEqual(CHANGED);
  });

  it('is never opened through a link that has taken its place', async () => {
    // What is at the end of the link cannot be opened, which would be another answer.
    const server = createServer();
    const socket = join(folder, 'socket');
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    beforeOpening = () => {
      rmSync(file);
      symlinkSync(socket, file);
    };
    const read = await readPinnedFile(file, 1000);
    await new Promise((resolve) => server.close(resolve));
    expect(read).toEqual(CHANGED);
  });
});
