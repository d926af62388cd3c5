import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, linkSync, lstatSync, mkdirSync, readdirSync, unlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

import { allowAttach } from '../../src/attach/allow-attach.js';
import { connectProcess } from '../../src/attach/connect-process.js';
import { listProcesses } from '../../src/attach/list-processes.js';
import type { ProcessInfo } from '../../src/attach/process-info.js';
import { Application, shop, SocketFolder } from './an-application.js';

/** A process that listens at the socket of its pid, as one of ours does, and knows nothing of HTTP. */
async function listener(directory: string, name = '${process.pid}.sock'): Promise<ChildProcess> {
  const script = `require('node:net').createServer().listen(\`${directory}/${name}\`, () => console.log('listening'))`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const own = (directory: string, suffix = ''): string =>
  join(directory, `${String(process.pid)}${suffix}.sock`);

/** A socket whose process says this of itself, and nothing else. */
async function answering(socket: string, info: Partial<ProcessInfo>): Promise<Server> {
  const says = JSON.stringify({
    ...{ pid: process.pid, name: 'shop', startedAt: 'x', cwd: '/', node: '30.0.0', version: '1.0.0' },
    ...{ protocol: 1, ...info },
  });
  const server = createServer((connection) => {
    connection.on('error', () => undefined);
    connection.once('data', () => connection.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${says}`));
  });
  await once(server.listen(socket), 'listening');
  return server;
}

describe('a process that was killed', () => {
  it('leaves a socket, which the next listing removes', async () => {
    await using folder = new SocketFolder();
    await kill(await listener(folder.path));
    expect(readdirSync(folder.path)).toHaveLength(1);
    expect(await listProcesses({ directory: folder.path })).toEqual([]);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('leaves a socket that had no name yet, which the next listing removes', async () => {
    await using folder = new SocketFolder();
    await kill(await listener(folder.path, '${process.pid}-0123abcd.new'));
    expect(await listProcesses({ directory: folder.path })).toEqual([]);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('is not found by its pid, nor by its path, and what it left is removed', async () => {
    await using folder = new SocketFolder();
    const { path: directory } = folder;
    for (const targetOf of [({ pid = 0 }) => pid, ({ pid = 0 }) => join(directory, `${pid}.sock`)]) {
      const child = await listener(directory);
      await kill(child);
      const refused = { code: 'ONEIRIC_ATTACH_NOT_FOUND', details: { target: targetOf(child), known: [] } };
      await expect(connectProcess(targetOf(child), { directory })).rejects.toMatchObject(refused);
      expect(readdirSync(directory)).toEqual([]);
    }
  });

  it('is told apart from those that live, which stay', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    await kill(await listener(app.directory));
    const found = await listProcesses({ directory: app.directory });
    expect(found.map((each) => each.socket)).toEqual([socket]);
    expect(readdirSync(app.directory)).toHaveLength(1);
  });

  it('is replaced by the next process with its pid', async () => {
    await using app = await shop();
    const left = join(app.directory, 'left.sock');
    const server = createServer().listen(left);
    await once(server, 'listening');
    // As a container starts again, whose first process is always 1: the name is there, and nobody listens.

    linkSync(left, own(app.directory));
    server.close();
    expect(lstatSync(own(app.directory)).isSocket()).toBe(true);
    const { socket } = await app.allow();
    expect(socket).toBe(own(app.directory));
    expect((await app.connect()).info.pid).toBe(process.pid);
  });
});

describe('a socket that nobody listens at', () => {
  it('stays for as long as its process lives: it may be about to listen', async () => {
    await using folder = new SocketFolder();
    const child = await listener(folder.path, 'x');

    const stale = join(folder.path, `${child.pid}.sock`);
    linkSync(join(folder.path, 'x'), stale);
    const dead = await listener(folder.path, 'y');
    await kill(dead);
    linkSync(join(folder.path, 'y'), join(folder.path, `${child.pid}-2.sock`));
    expect(await listProcesses({ directory: folder.path })).toEqual([]);
    expect(existsSync(join(folder.path, `${child.pid}-2.sock`))).toBe(true);
    await kill(child);
    expect(await listProcesses({ directory: folder.path })).toEqual([]);
    expect(readdirSync(folder.path).sort()).toEqual(['x', 'y']);
  });
});

describe('a listing', () => {
  it('touches nothing that is not named like a socket of ours, or is no socket', async () => {
    await using app = await shop();
    const foreign = ['notes.txt', '12.sock', '0.sock', '-1.sock', '99999999999.sock', '7.sock.bak', 'x.new'];
    for (const name of foreign) writeFileSync(join(app.directory, name), '');
    mkdirSync(join(app.directory, '13.sock'));
    await app.allow();
    expect(await listProcesses({ directory: app.directory })).toHaveLength(1);
    expect(readdirSync(app.directory)).toHaveLength(foreign.length + 2);
  });

  it('is empty where there is no folder', async () => {
    await using folder = new SocketFolder();
    expect(await listProcesses({ directory: join(folder.path, 'none') })).toEqual([]);
  });

  it('passes over what speaks something else', async () => {
    await using folder = new SocketFolder();
    const server = createServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
    server.listen(own(folder.path));
    await once(server, 'listening');
    expect(await listProcesses({ directory: folder.path })).toEqual([]);
    await expect(connectProcess(process.pid, { directory: folder.path })).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_ANSWER_INVALID',
    });
    server.close();
  });
});

describe('several servers of one process', () => {
  it('have sockets of their own, by number, and a free number is taken again', async () => {
    await using app = await shop();
    const first = await app.allow({ name: 'shop' });
    const second = await app.allow({ name: 'till' });
    expect([first.socket, second.socket]).toEqual([own(app.directory), own(app.directory, '-2')]);
    await first.close();
    expect((await app.allow()).socket).toBe(own(app.directory));
  });

  it('are opened at once without one taking the name of another', async () => {
    await using app = await shop();
    const servers = await Promise.all(Array.from({ length: 12 }, () => app.allow()));
    expect(new Set(servers.map(({ socket }) => socket)).size).toBe(12);
    expect(await listProcesses({ directory: app.directory })).toHaveLength(12);
    expect(readdirSync(app.directory)).toHaveLength(12);
  });

  it('have to be named by their sockets', async () => {
    await using app = await shop();
    const { directory } = app;
    await app.allow({ name: 'shop' });
    const { socket } = await app.allow({ name: 'till' });
    for (const target of [undefined, process.pid]) {
      await expect(connectProcess(target, { directory })).rejects.toMatchObject({
        code: 'ONEIRIC_ATTACH_AMBIGUOUS',
        details: { processes: [{ name: 'shop' }, { name: 'till', socket }] },
        message: expect.stringContaining(`${socket} (till)`),
      });
    }
    expect((await connectProcess(socket)).info.name).toBe('till');
  });

  it('are found by the pid where only a later one is left', async () => {
    await using app = await shop();
    const first = await app.allow();
    await app.allow({ name: 'till' });
    await first.close();
    expect((await connectProcess(process.pid, { directory: app.directory })).info.name).toBe('till');
  });
});

describe('several processes', () => {
  it('are listed by age, since the pids of a system start anew', async () => {
    await using folder = new SocketFolder();
    const [january, march] = ['2026-01-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'];
    await using _march = await answering(own(folder.path), { pid: 5, startedAt: march });
    await using _late = await answering(own(folder.path, '-2'), { pid: 9, startedAt: january });
    await using _early = await answering(own(folder.path, '-3'), { pid: 7, startedAt: january });
    const found = await listProcesses({ directory: folder.path });
    expect(found.map(({ pid }) => pid)).toEqual([7, 9, 5]);
  });
});

describe('who attaches', () => {
  it('to nothing in particular, with nobody there, is told where was looked and what to do', async () => {
    await using folder = new SocketFolder();
    await expect(connectProcess(undefined, { directory: folder.path })).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_NONE',
      details: { folders: [folder.path] },
      message: expect.stringContaining('allowAttach'),
    });
  });

  it('to a pid that is not there is told those that are, and none is guessed: pids are not spelled', async () => {
    await using app = await shop();
    const { socket } = await app.allow({ name: 'shop' });
    const target = process.pid * 10 + 1;
    await expect(connectProcess(target, { directory: app.directory })).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_NOT_FOUND',
      details: { target, known: [{ pid: process.pid, name: 'shop', socket }] },
      message: expect.stringMatching(new RegExp(`Those that do: ${process.pid} \\(shop\\)\\.$`)),
    });
  });

  it('to a path that is no socket is told so', async () => {
    await using app = await shop();
    writeFileSync(join(app.directory, 'notes'), '');
    for (const name of ['notes', 'nothing', 'notes/below'])
      await expect(
        connectProcess(join(app.directory, name), { directory: app.directory }),
      ).rejects.toMatchObject({
        code: 'ONEIRIC_ATTACH_NOT_FOUND',
      });
  });

  it.each([[0], [-1], [1.5], [Number.NaN], [''], ['a\0b'], [null], [{}], [1n], [[]], [() => 1]])(
    'to %p is refused before anything is looked at',
    async (target) => {
      await expect(connectProcess(target as never)).rejects.toMatchObject({
        code: 'ONEIRIC_ATTACH_OPTION_INVALID',
        details: { option: 'target' },
      });
    },
  );

  it('to a process that speaks a newer protocol is told so, and the listing has it', async () => {
    await using folder = new SocketFolder();
    await using _ = await answering(own(folder.path), { name: 'shop', version: '9.0.0', protocol: 2 });
    expect(await listProcesses({ directory: folder.path })).toMatchObject([{ name: 'shop', protocol: 2 }]);
    await expect(connectProcess(undefined, { directory: folder.path })).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_PROTOCOL',
      details: { found: 2, supported: 1, version: '9.0.0' },
    });
  });

  it('by another object than a registry and its lifecycle is refused', async () => {
    await using app = await shop();

    for (const target of [undefined, null, 1, {}, { registry: app.registry }, { lifecycle: app.lifecycle }]) {
      await expect(allowAttach(target as never)).rejects.toMatchObject({
        code: 'ONEIRIC_ATTACH_OPTION_INVALID',
        details: { option: 'target' },
      });
    }
  });

  it.each([
    [{ nam: 'x' }, 'Did you mean "name"?'],
    [{ name: '' }, 'name'],
    [{ name: 'a\nb' }, 'name'],
    [{ name: 'x'.repeat(129) }, 'name'],
    [{ name: 1 }, 'name'],
    [{ directory: '' }, 'directory'],
    [{ directory: 'a\0b' }, 'directory'],
    [{ signal: {} }, 'signal'],
    [{ ['__proto__x']: 1 }, 'options'],
    [null, 'options'],
  ])('is refused with the options %j', async (options, says) => {
    await using app = await shop();

    await expect(allowAttach(app, options as never)).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_OPTION_INVALID',
      message: expect.stringContaining(says),
    });
    expect(readdirSync(app.directory)).toEqual([]);
  });
});

describe('an attach server', () => {
  it('closes once, and removes its socket', async () => {
    await using app = await shop();
    const server = await app.allow();
    const closing = server.close();
    expect(existsSync(server.socket)).toBe(false);
    expect(server.close()).toBe(closing);
    await closing;
    expect(readdirSync(app.directory)).toEqual([]);
  });

  it('does not remove what somebody else has put in the place of its socket', async () => {
    await using app = await shop();
    const server = await app.allow();

    unlinkSync(server.socket);
    writeFileSync(server.socket, 'theirs');
    await server.close();
    expect(readdirSync(app.directory)).toHaveLength(1);
  });

  it('is closed by its signal', async () => {
    await using app = await shop();
    const controller = new AbortController();
    const server = await app.allow({ signal: controller.signal });
    controller.abort();
    await server.close();
    expect(readdirSync(app.directory)).toEqual([]);
  });

  it.each(['before it was asked for', 'while it is opened'])(
    'is not opened where its signal is aborted %s',
    async (when) => {
      await using app = await shop();
      const controller = new AbortController();
      const reason = new Error('enough');
      if (when === 'before it was asked for') controller.abort(reason);
      const opening = app.allow({ signal: controller.signal });
      controller.abort(reason);
      await expect(opening).rejects.toBe(reason);
      expect(readdirSync(app.directory)).toEqual([]);
    },
  );

  it('opens again after it was closed', async () => {
    await using app = await shop();
    for (let round = 0; round < 3; round++) {
      const server = await app.allow();
      expect((await connectProcess(undefined, { directory: app.directory })).info.socket).toBe(
        own(app.directory),
      );
      await server.close();
    }
  });

  it('leaves no listener with the process', async () => {
    await using app = new Application();
    const before = process.listenerCount('exit');
    const servers = await Promise.all([app.allow(), app.allow()]);
    expect(process.listenerCount('exit')).toBeLessThanOrEqual(before + 1);
    for (const server of servers) await server.close();
    expect(process.listenerCount('exit')).toBe(before);
  });
});
