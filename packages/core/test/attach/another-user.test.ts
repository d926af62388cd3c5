import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, renameSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { connectProcess } from '../../src/attach/connect-process.js';
import { listProcesses } from '../../src/attach/list-processes.js';
import { failureOf, shop } from './an-application.js';

const NOBODY = 65_534;

/** Runs `work` with the rights of another user, which the system itself enforces. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  process.seteuid?.(NOBODY);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

// Only root can become somebody else.
const describeAsRoot = process.geteuid?.() === 0 ? describe : describe.skip;

describeAsRoot('another user', () => {
  it('is refused by the system itself at the folder, and at the socket where the folder is opened to him', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    const script = `require('node:net').connect(${JSON.stringify(socket)}).on('error', ({ code }) => console.log(code)).on('connect', () => { console.log('connected'); process.exit(); })`;
    const attempt = (): string => {
      const user = ['--reuid', `${NOBODY}`, '--regid', `${NOBODY}`, '--clear-groups'];
      const { stdout } = spawnSync('setpriv', [...user, process.execPath, '-e', script], {
        encoding: 'utf8',
      });
      return stdout.trim();
    };
    expect(attempt()).toBe('EACCES');
    chmodSync(app.directory, 0o755);
    expect(attempt()).toBe('EACCES');
  });

  it('is refused whether he names the path, the pid and the folder, or the folder alone', async () => {
    await using app = await shop();
    const { directory } = app;
    const { socket } = await app.allow();
    const owner = { uid: NOBODY, owner: 0 };
    const [byPath, byPid, byFolder, listed] = await asNobody(() =>
      Promise.all([
        failureOf(connectProcess(socket)),
        failureOf(connectProcess(process.pid, { directory })),
        failureOf(connectProcess(undefined, { directory })),
        failureOf(listProcesses({ directory })),
      ]),
    );
    for (const error of [byPath, byPid, byFolder, listed])
      expect(error).toMatchObject({ code: 'ONEIRIC_ATTACH_FORBIDDEN', details: owner });
  });

  it('is refused where the folder was opened to him', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    chmodSync(app.directory, 0o755);
    expect(await asNobody(() => failureOf(connectProcess(socket)))).toMatchObject({
      code: 'ONEIRIC_ATTACH_FORBIDDEN',
      details: { path: socket, uid: NOBODY, owner: 0 },
    });
    chmodSync(app.directory, 0o700);
  });

  it('is not trusted by root with a folder of his for a new socket', async () => {
    await using app = await shop();
    const directory = join(app.directory, 'his');
    mkdirSync(directory, { mode: 0o700 });
    chownSync(directory, NOBODY, NOBODY);
    await expect(app.allow({ directory })).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_UNSAFE',
      message: expect.stringContaining('belongs to user 65534'),
    });
  });

  it('may be attached to by root, who names the path or the pid and the folder', async () => {
    await using app = await shop();
    const directory = join(app.directory, 'his');
    mkdirSync(directory, { mode: 0o700 });
    const { socket } = await app.allow({ directory, name: 'his' });
    chownSync(directory, NOBODY, NOBODY);
    chownSync(socket, NOBODY, NOBODY);
    expect((await connectProcess(socket)).info.name).toBe('his');
    expect((await connectProcess(process.pid, { directory })).info.name).toBe('his');
    await expect(connectProcess(undefined, { directory })).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_FORBIDDEN',
    });
    chmodSync(directory, 0o755);
    await expect(connectProcess(socket)).rejects.toMatchObject({ code: 'ONEIRIC_ATTACH_UNSAFE' });
  });

  it('is not trusted with the folder above, where he could put another one in the place of ours', async () => {
    await using app = await shop();
    const his = join(app.directory, 'his');
    mkdirSync(his);
    const server = await app.allow({ directory: join(his, 'mine') });
    chownSync(his, NOBODY, NOBODY);
    const unsafe = {
      code: 'ONEIRIC_ATTACH_UNSAFE',
      message: expect.stringContaining('user 65534 may rename it'),
    };
    await expect(connectProcess(server.socket)).rejects.toMatchObject(unsafe);
    await expect(app.allow({ directory: join(his, 'mine') })).rejects.toMatchObject(unsafe);
  });

  it('cannot pass a socket of his for one of ours', async () => {
    await using app = await shop();
    const socket = join(app.directory, `${process.pid}.sock`);
    const server = createServer().listen(`${socket}.his`);
    await once(server, 'listening');
    renameSync(`${socket}.his`, socket);
    chownSync(socket, NOBODY, NOBODY);
    expect(await listProcesses({ directory: app.directory })).toEqual([]);
    await expect(connectProcess(socket)).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_UNSAFE',
      message: expect.stringContaining('belongs to user 0'),
    });
    server.close();
  });
});

describe('a socket whose permissions were opened', () => {
  it('is not connected to', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    chmodSync(socket, 0o666);
    for (const target of [undefined, process.pid, socket]) {
      await expect(connectProcess(target, { directory: app.directory })).rejects.toMatchObject({
        code: 'ONEIRIC_ATTACH_UNSAFE',
        details: { path: socket },
      });
    }
  });
});
