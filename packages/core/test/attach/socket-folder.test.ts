import { chmodSync, existsSync, lstatSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { allowAttach } from '../../src/attach/allow-attach.js';
import { connectProcess } from '../../src/attach/connect-process.js';
import { listProcesses } from '../../src/attach/list-processes.js';
import { runtimeFolders } from '../../src/attach/runtime-folder.js';
import { shop, SocketFolder } from './an-application.js';

const modeOf = (path: string): number => statSync(path).mode & 0o7777;

/** Runs `work` with these variables, undefined being absent. */
async function withEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  work: () => unknown,
): Promise<void> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  const set = (name: string, value: string | undefined): void => {
    if (value === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = value;
  };
  for (const [name, value] of Object.entries(variables)) set(name, value);
  try {
    await work();
  } finally {
    for (const [name, value] of before) set(name, value);
  }
}

describe('the folder of the sockets', () => {
  it('is made for its owner alone, and so is the socket in it', async () => {
    await using app = await shop();
    const directory = join(app.directory, 'deeper', 'still');
    const { socket } = await app.allow({ directory });
    expect(socket).toBe(join(directory, `${String(process.pid)}.sock`));
    expect([modeOf(directory), modeOf(join(app.directory, 'deeper'))]).toEqual([0o700, 0o700]);
    expect([modeOf(socket), lstatSync(socket).isSocket()]).toEqual([0o600, true]);
  });

  it.each([0o777, 0o770, 0o701, 0o710, 0o755])('is refused with the mode %o, which stays', async (mode) => {
    await using app = await shop();
    const directory = join(app.directory, 'open');
    mkdirSync(directory);
    chmodSync(directory, mode);
    const refused = {
      code: 'ONEIRIC_ATTACH_UNSAFE',
      details: { path: directory },
      message: expect.stringContaining('chmod 700'),
    };
    await expect(app.allow({ directory })).rejects.toMatchObject(refused);
    await expect(listProcesses({ directory })).rejects.toMatchObject(refused);
    await expect(connectProcess(undefined, { directory })).rejects.toMatchObject(refused);
    expect(modeOf(directory)).toBe(mode);
  });

  it('is refused where it is a link, even to one that is safe', async () => {
    await using app = await shop();
    mkdirSync(join(app.directory, 'safe'), { mode: 0o700 });
    const directory = join(app.directory, 'link');
    symlinkSync(join(app.directory, 'safe'), directory);
    const refused = { code: 'ONEIRIC_ATTACH_UNSAFE', message: expect.stringContaining('a symbolic link') };
    await expect(app.allow({ directory })).rejects.toMatchObject(refused);
    await expect(listProcesses({ directory })).rejects.toMatchObject(refused);
  });

  it('is refused where it is a link that leads nowhere, and nothing is made there', async () => {
    await using app = await shop();
    const directory = join(app.directory, 'link');
    symlinkSync(join(app.directory, 'nowhere'), directory);
    await expect(app.allow({ directory })).rejects.toMatchObject({ code: 'ONEIRIC_ATTACH_UNSAFE' });
    expect(existsSync(join(app.directory, 'nowhere'))).toBe(false);
  });

  it('is refused where it is a file', async () => {
    await using app = await shop();
    const directory = join(app.directory, 'file');
    writeFileSync(directory, '');
    await expect(app.allow({ directory })).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_UNSAFE',
      message: expect.stringContaining('not a folder'),
    });
  });

  it('is refused where everybody may put another one in its place', async () => {
    await using app = await shop();
    const open = join(app.directory, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    const directory = join(open, 'mine');
    await expect(app.allow({ directory })).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_UNSAFE',
      message: expect.stringContaining('may rename it'),
    });
    chmodSync(open, 0o1777);
    await expect(app.allow({ directory })).resolves.toHaveProperty('socket');
  });

  it('is refused where it cannot be made', async () => {
    await using app = await shop();
    writeFileSync(join(app.directory, 'file'), '');
    await expect(app.allow({ directory: join(app.directory, 'file', 'below') })).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_NOT_OPENED',
      message: expect.stringContaining('ENOTDIR'),
    });
  });

  // Node's own way of making what is above a folder never ends in Linux's /proc.
  it('is refused where nobody can make one', async () => {
    await using app = await shop();
    for (const directory of ['/proc/x', '/proc/x/y']) {
      await expect(app.allow({ directory })).rejects.toMatchObject({
        code: 'ONEIRIC_ATTACH_NOT_OPENED',
        details: { folder: directory },
        message: expect.stringMatching(/ENOENT|EACCES|EROFS/),
      });
    }
  });

  it('is refused with a path that is too long for a socket, before anything is made', async () => {
    await using app = await shop();
    const directory = join(app.directory, 'x'.repeat(100));
    await expect(app.allow({ directory })).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_PATH_TOO_LONG',
      details: { limitBytes: process.platform === 'linux' ? 107 : 103 },
    });
    expect(existsSync(directory)).toBe(false);
    await expect(connectProcess(join(directory, '1.sock'))).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_PATH_TOO_LONG',
    });
  });

  it('counts the bytes of its path, not the letters', async () => {
    await using app = await shop();
    const directory = join(app.directory, 'ü'.repeat(40));
    await expect(app.allow({ directory })).rejects.toMatchObject({ code: 'ONEIRIC_ATTACH_PATH_TOO_LONG' });
  });
});

describe('where the folder is', () => {
  const uid = String(process.geteuid?.());

  it('is said by the option, else by ONEIRIC_RUNTIME_DIR', async () => {
    await withEnvironment({ ONEIRIC_RUNTIME_DIR: '/run/shop' }, () => {
      expect(runtimeFolders('/run/given')).toEqual(['/run/given']);
      expect(runtimeFolders(undefined)).toEqual(['/run/shop']);
    });
  });

  it('is XDG_RUNTIME_DIR where that is a folder of this user; the one for temporary files is looked at, too', async () => {
    await using folder = new SocketFolder();
    const variables = { ONEIRIC_RUNTIME_DIR: '', XDG_RUNTIME_DIR: folder.path, TMPDIR: '/tmp' };
    await withEnvironment(variables, () => {
      expect(runtimeFolders(undefined)).toEqual([join(folder.path, 'oneiric'), `/tmp/oneiric-${uid}`]);
    });
  });

  it.each(['', 'relative', '/no/such/folder', '/etc/passwd'])(
    'is the folder for temporary files where XDG_RUNTIME_DIR is "%s"',
    async (XDG_RUNTIME_DIR) => {
      await withEnvironment({ ONEIRIC_RUNTIME_DIR: undefined, XDG_RUNTIME_DIR, TMPDIR: '/tmp' }, () => {
        expect(runtimeFolders(undefined)).toEqual([`/tmp/oneiric-${uid}`]);
      });
    },
  );

  it('is nowhere on a system without users that sockets belong to', async () => {
    await using app = await shop();
    const { platform } = process;
    Object.defineProperty(process, 'platform', { value: 'win32' });
    try {
      const refused = { code: 'ONEIRIC_ATTACH_UNSUPPORTED', details: { platform: 'win32' } };
      await expect(app.allow()).rejects.toMatchObject(refused);
      await expect(listProcesses()).rejects.toMatchObject(refused);
      await expect(connectProcess()).rejects.toMatchObject(refused);
    } finally {
      Object.defineProperty(process, 'platform', { value: platform });
    }
  });

  it('lets processes be found in both of two folders', async () => {
    await using app = await shop();
    await using xdg = new SocketFolder();
    const variables = { ONEIRIC_RUNTIME_DIR: undefined, XDG_RUNTIME_DIR: xdg.path, TMPDIR: app.directory };
    await withEnvironment(variables, async () => {
      const first = app.folder.own(await allowAttach(app));
      process.env['XDG_RUNTIME_DIR'] = '';
      const second = app.folder.own(await allowAttach(app));
      process.env['XDG_RUNTIME_DIR'] = xdg.path;
      // In the second one there may be processes of whoever runs this test.
      const own = (await listProcesses()).filter(({ pid }) => pid === process.pid);
      expect(own.map(({ socket }) => socket).sort()).toEqual([first.socket, second.socket].sort());
    });
  });
});
