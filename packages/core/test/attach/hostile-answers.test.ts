import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';

import type { AttachedProcess } from '../../src/attach/attached-process.js';
import { connectProcess } from '../../src/attach/connect-process.js';
import { listProcesses } from '../../src/attach/list-processes.js';
import { OneiricError } from '../../src/errors/oneiric-error.js';
import { failureOf, SocketFolder } from './an-application.js';

const INFO = {
  ...{ pid: process.pid, name: 'fake', startedAt: '2026-01-01T00:00:00.000Z', cwd: '/', node: '20.0.0' },
  ...{ version: '1.0.0', protocol: 1 },
};
const head = 'HTTP/1.1 200 OK\r\nConnection: close\r\n';
const json = (value: unknown): string => `${head}\r\n${JSON.stringify(value)}`;

/** Something that answers `/v1/process` well, and everything else as the test says. */
class FakeProcess implements AsyncDisposable {
  readonly #folder = new SocketFolder();
  readonly #sockets = new Set<Socket>();
  readonly #server;
  over = 0;

  constructor(answer: string | ((socket: Socket) => void), info: string = json(INFO)) {
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => this.over++);
      socket.once('data', (data) => {
        const request = data.toString('utf8');
        if (request.startsWith('GET /v1/process ')) socket.end(info);
        else if (typeof answer === 'string') socket.end(answer);
        else answer(socket);
      });
    });
  }

  get directory(): string {
    return this.#folder.path;
  }

  async connect(): Promise<AttachedProcess> {
    await this.listen();
    return await connectProcess(undefined, { directory: this.directory });
  }

  async listen(): Promise<void> {
    this.#server.listen(join(this.directory, `${process.pid}.sock`));
    await once(this.#server, 'listening');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await this.#folder[Symbol.asyncDispose]();
  }
}

const INVALID = { code: 'ONEIRIC_ATTACH_ANSWER_INVALID' };
const LOST = { code: 'ONEIRIC_ATTACH_LOST' };

describe('an answer', () => {
  it.each([
    ['nothing', '', LOST],
    ['no HTTP', '220 smtp.example\r\n', INVALID],
    ['no JSON', `${head}\r\nhello`, INVALID],
    ['an empty body', `${head}\r\n`, INVALID],
    ['a number', json(1), INVALID],
    ['null', json(null), INVALID],
    ['a body that is cut off', `${head}Content-Length: 100\r\n\r\n{"a":`, LOST],
    ['an error without a code', `HTTP/1.1 400 x\r\nConnection: close\r\n\r\n{"error":{}}`, INVALID],
    [
      'an error of another system',
      `HTTP/1.1 500 x\r\nConnection: close\r\n\r\n{"error":{"code":"E"}}`,
      INVALID,
    ],
    ['a page', `HTTP/1.1 404 x\r\nConnection: close\r\n\r\n<html>`, INVALID],
  ])('of %s is told as what it is', async (_what, answer, expected) => {
    await using fake = new FakeProcess(answer);
    const there = await fake.connect();
    expect(await failureOf(there.statuses())).toMatchObject(expected);
    expect(await failureOf(there.swap('adapter', 'cache'))).toMatchObject(
      answer.includes('200 OK') && expected === INVALID
        ? { code: expect.stringMatching(/INVALID|LOST/) }
        : expected,
    );
  });

  it.each([
    ['ends in the middle', `${head}\r\n{"event":{"event":"phase"}}\n`, LOST],
    ['ends in the middle of a line', `${head}\r\n{"event":{"event":"ph`, LOST],
    ['has a line that is no JSON', `${head}\r\nhello\n`, INVALID],
    ['has a line that is neither', `${head}\r\n{"other":1}\n`, INVALID],
    ['has an error that is none', `${head}\r\n{"error":1}\n`, INVALID],
    ['has an event that is none', `${head}\r\n{"event":null}\n`, INVALID],
    ['has a result that is none', `${head}\r\n{"result":null}\n`, INVALID],
  ])('that is a stream and %s is told as what it is', async (_what, answer, expected) => {
    await using fake = new FakeProcess(answer);
    const there = await fake.connect();
    expect(await failureOf(there.swap('adapter', 'cache'))).toMatchObject(expected);
  });

  it('that is a stream without lines, or without an end, is cut off where it gets too long', async () => {
    await using fake = new FakeProcess((socket) => {
      socket.write(`${head}\r\n`);
      const flood = (): void => {
        while (!socket.destroyed && socket.write('x'.repeat(1_000_000)));
      };
      socket.on('drain', flood);
      flood();
    });
    const there = await fake.connect();
    expect(await failureOf(there.swap('adapter', 'cache'))).toMatchObject(INVALID);
  });

  it('with an error of a newer version comes back with its code and words', async () => {
    const error = {
      code: 'ONEIRIC_FUTURE_THING',
      message: 'No.',
      details: { a: 1 },
      causes: [{ message: 'E: x' }],
    };
    await using fake = new FakeProcess(
      `HTTP/1.1 422 x\r\nConnection: close\r\n\r\n${JSON.stringify({ error })}`,
    );
    const failure = await failureOf((await fake.connect()).statuses());
    expect(OneiricError.is(failure)).toBe(true);
    expect(failure).toMatchObject({ code: 'ONEIRIC_FUTURE_THING', message: 'No.', details: { a: 1 } });
  });

  it('of somebody who does not say who he is gives no process', async () => {
    for (const info of [{}, { ...INFO, pid: 'x' }, { ...INFO, protocol: 0 }, { ...INFO, name: 1 }]) {
      await using fake = new FakeProcess('', json(info));
      await fake.listen();
      expect(await listProcesses({ directory: fake.directory })).toEqual([]);
      await expect(connectProcess(process.pid, { directory: fake.directory })).rejects.toMatchObject(INVALID);
    }
  });
});

describe('a process that took the connection and says nothing', () => {
  it('is not waited for longer than the time limit, and is told as such', async () => {
    let connections = 0;
    await using folder = new SocketFolder();
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      connections++;
      sockets.push(socket);
    });
    server.listen(join(folder.path, `${process.pid}.sock`));
    await once(server, 'listening');
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
    try {
      for (const ask of [
        () => connectProcess(undefined, { directory: folder.path }),
        () => connectProcess(process.pid, { directory: folder.path }),
      ]) {
        const before = connections;
        const failure = failureOf(ask());
        while (connections === before) await new Promise((go) => setImmediate(go));
        jest.advanceTimersByTime(5000);
        expect(await failure).toMatchObject({
          code: 'ONEIRIC_ATTACH_NO_ANSWER',
          details: { waitedMs: 5000 },
        });
      }
    } finally {
      jest.useRealTimers();
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  });

  it('is not waited for in the middle of its answer, either', async () => {
    const begun: Socket[] = [];
    const begin = (socket: Socket): void => void socket.write(`${head}\r\n{"pid":`, () => begun.push(socket));
    await using fake = new FakeProcess(begin);
    const there = await fake.connect();
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
    try {
      const failure = failureOf(there.statuses());
      const answered = failure.then(() => true);
      while (!(await Promise.race([answered, new Promise<false>((go) => setImmediate(go, false))])))
        if (begun.length > 0) jest.advanceTimersByTime(1000);
      expect(await failure).toMatchObject({
        code: 'ONEIRIC_ATTACH_NO_ANSWER',
        details: { waitedMs: 30_000 },
      });
    } finally {
      jest.useRealTimers();
    }
  });

  it('can be left by the signal, and by disposing', async () => {
    await using fake = new FakeProcess(() => undefined);
    await fake.listen();
    const controller = new AbortController();
    const options = { directory: fake.directory, signal: controller.signal };
    const there = await connectProcess(undefined, options);
    const waits = [there.statuses(), there.swap('a', 'b'), there.pause('a', 'b')].map(failureOf);
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await Promise.all(waits)).toEqual([reason, reason, reason]);
    await expect(there.statuses()).rejects.toBe(reason);
    const other = await connectProcess(undefined, { directory: fake.directory });
    const wait = failureOf(other.statuses());
    await other[Symbol.asyncDispose]();
    expect(await wait).toMatchObject({ code: 'ONEIRIC_ATTACH_CLOSED' });
    await expect(connectProcess(undefined, options)).rejects.toBe(reason);
  });

  it('is told where it takes no connection, having too many: it is there', async () => {
    await using folder = new SocketFolder();
    const server = createServer((socket) => socket.destroy()).listen(
      join(folder.path, `${process.pid}.sock`),
    );
    await once(server, 'listening');
    const options = { directory: folder.path };
    expect(await listProcesses(options)).toEqual([]);
    await expect(connectProcess(undefined, options)).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_LOST',
      message: expect.stringContaining('too many connections'),
    });
    await expect(connectProcess({ name: 'shop' }, options)).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_NOT_FOUND',
      message: expect.stringContaining(`${process.pid} (does not answer)`),
    });
    server.close();
  });

  it('is among those that are to choose from: it may be the one that was meant', async () => {
    await using fake = new FakeProcess('');
    await fake.listen();
    const silent = createServer(() => undefined).listen(join(fake.directory, `${process.ppid}.sock`));
    await once(silent, 'listening');
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
    try {
      const failure = failureOf(connectProcess(undefined, { directory: fake.directory }));
      // Its answer was read when its connection is over.
      while (fake.over === 0) await new Promise((go) => setImmediate(go));
      jest.advanceTimersByTime(5000);
      expect(await failure).toMatchObject({
        code: 'ONEIRIC_ATTACH_AMBIGUOUS',
        message: expect.stringContaining(`${process.ppid} (does not answer)`),
      });
    } finally {
      jest.useRealTimers();
      silent.close();
    }
  });
});
