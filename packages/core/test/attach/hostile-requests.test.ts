import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { connectProcess } from '../../src/attach/connect-process.js';
import { ROUTES } from '../../src/attach/attach-routes.js';
import { lifecycleCoreOf } from '../../src/lifecycle/lifecycle-core.js';
import { holds } from '../property.js';
import { type Application, shop } from './an-application.js';

interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** Sends these bytes and reads all that comes back, each answer with its body. */
async function sendRaw(socket: string, bytes: string | Buffer): Promise<readonly Answer[]> {
  const raw = connect(socket);
  raw.on('error', () => undefined);
  const chunks: Buffer[] = [];
  raw.on('data', (chunk: Buffer) => chunks.push(chunk));
  raw.end(bytes);
  await once(raw, 'close');
  return answersIn(Buffer.concat(chunks).toString('utf8'));
}

function answersIn(all: string): readonly Answer[] {
  const answers: Answer[] = [];
  let rest = all;
  while (rest !== '') {
    const end = rest.indexOf('\r\n\r\n');
    const headers = rest.slice(0, end);
    const status = Number(/^HTTP\/1\.1 (?<status>\d{3})/.exec(headers)?.groups?.['status']);
    if (status === 100) {
      rest = rest.slice(end + 4);
      continue;
    }
    const length = Number(/content-length: (?<length>\d+)/i.exec(headers)?.groups?.['length'] ?? Number.NaN);
    const body = Number.isNaN(length) ? rest.slice(end + 4) : rest.slice(end + 4, end + 4 + length);
    answers.push({ status, headers, body });
    rest = Number.isNaN(length) ? '' : rest.slice(end + 4 + length);
  }
  return answers;
}

const codeOf = (answer: Answer | undefined): unknown =>
  (JSON.parse(answer?.body ?? '{}') as { readonly error?: { readonly code?: unknown } }).error?.code;

function post(path: string, body: string | Buffer, headers = ''): Buffer {
  const head = `POST ${path} HTTP/1.1\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

async function isAlive({ directory }: Application): Promise<boolean> {
  await using there = await connectProcess(undefined, { directory });
  return (await there.statuses()).length > 0;
}

describe('a request', () => {
  it.each([
    ['GET /v1/nothing HTTP/1.1\r\n\r\n', 404, 'ROUTE_UNKNOWN'],
    ['GET / HTTP/1.1\r\n\r\n', 404, 'ROUTE_UNKNOWN'],
    ['GET /v1/swap HTTP/1.1\r\n\r\n', 404, 'ROUTE_UNKNOWN'],
    ['GET /v1/../v1/process HTTP/1.1\r\n\r\n', 404, 'ROUTE_UNKNOWN'],
    ['GET /v1/__proto__ HTTP/1.1\r\n\r\n', 404, 'ROUTE_UNKNOWN'],
    ['GET http://example.com/v1/process HTTP/1.1\r\n\r\n', 404, 'ROUTE_UNKNOWN'],
    ['OPTIONS * HTTP/1.1\r\n\r\n', 404, 'ROUTE_UNKNOWN'],
    ['TRACE /v1/process HTTP/1.1\r\n\r\n', 404, 'ROUTE_UNKNOWN'],
    ['GET /v1/process HTTP/1.1\r\nOrigin: https://evil.example\r\n\r\n', 403, 'ORIGIN_REFUSED'],
    ['GET /v1/process HTTP/1.1\r\nOrigin: null\r\n\r\n', 403, 'ORIGIN_REFUSED'],
    ['GET /v1/process?domain=x HTTP/1.1\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['GET /v1/report HTTP/1.1\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['GET /v1/report?domain=adapter HTTP/1.1\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['GET /v1/report?domain=a&domain=b&key=c HTTP/1.1\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['GET /v1/report?domain=a&key=c&__proto__=x HTTP/1.1\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['CONNECT example.com:443 HTTP/1.1\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['GET /v1/process HTTP/9.9\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['hello\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['\0\u0001\u0002\r\n\r\n', 400, 'REQUEST_INVALID'],
    [`GET /v1/process HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431, 'REQUEST_INVALID'],
    ['GET /v1/process HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400, 'REQUEST_INVALID'],
    ['POST /v1/swap HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 400, 'REQUEST_INVALID'],
    [post('/v1/swap', ''), 400, 'REQUEST_INVALID'],
    [post('/v1/swap', '{'), 400, 'REQUEST_INVALID'],
    [post('/v1/swap', '[]'), 400, 'REQUEST_INVALID'],
    [post('/v1/swap', 'null'), 400, 'REQUEST_INVALID'],
    [post('/v1/swap', '"x"'), 400, 'REQUEST_INVALID'],
    [post('/v1/swap', Buffer.from([0x22, 0xff, 0x22])), 400, 'REQUEST_INVALID'],
    [post('/v1/swap', '{"domain":1,"key":"cache"}'), 400, 'REQUEST_INVALID'],
    [
      post('/v1/swap', '{"domain":"adapter","key":"cache","__proto__":{"provider":"redis"}}'),
      400,
      'REQUEST_INVALID',
    ],
    [post('/v1/swap', '{"domain":"adapter","key":"cache","constructor":"x"}'), 400, 'REQUEST_INVALID'],
    [post('/v1/swap', '{"domain":"adapter","key":"cache","providr":"redis"}'), 400, 'REQUEST_INVALID'],
    [post('/v1/swap', JSON.stringify({ domain: 'a', key: 'x'.repeat(5000) })), 400, 'REQUEST_INVALID'],
    [post('/v1/swap', '['.repeat(60_000)), 400, 'REQUEST_INVALID'],
    [post('/v1/swap?domain=adapter', '{}'), 400, 'REQUEST_INVALID'],
    [post('/v1/swap', 'x'.repeat(65_537)), 413, 'TOO_LARGE'],
    ['POST /v1/swap HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n', 413, 'TOO_LARGE'],
  ])('%j gets %i and the code %s, and changes nothing', async (bytes, status, code) => {
    await using app = await shop();
    const { socket } = await app.allow();
    const before = app.lifecycle.statuses().map(({ running }) => running);
    const [answer, ...others] = await sendRaw(socket, bytes);
    expect([answer?.status, codeOf(answer)]).toEqual([status, `ONEIRIC_ATTACH_${code}`]);
    expect(others).toEqual([]);
    expect(app.lifecycle.statuses().map(({ running }) => running)).toEqual(before);
    expect(await isAlive(app)).toBe(true);
  });

  it('for a route that is not there is told those that are, and the nearest', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    const [answer] = await sendRaw(socket, 'GET /v1/proces HTTP/1.1\r\n\r\n');
    expect(JSON.parse(answer?.body ?? '')).toMatchObject({
      error: {
        details: { known: ROUTES.map(({ method, path }) => `${method} ${path}`), nearest: 'GET /v1/process' },
      },
    });
  });

  it('is answered whatever its Host is, and without one', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    for (const host of ['', 'Host: evil.example\r\n', 'Host: localhost\r\n', 'Host:\r\n']) {
      const [answer] = await sendRaw(socket, `GET /v1/process HTTP/1.1\r\n${host}\r\n`);
      expect(answer?.status).toBe(200);
    }
  });

  it('of which more comes than it may have, without saying so before, is refused', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    const chunk = `2000\r\n${'x'.repeat(0x2000)}\r\n`;
    const bytes = `POST /v1/swap HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(9)}0\r\n\r\n`;
    const [answer] = await sendRaw(socket, bytes);
    expect([answer?.status, codeOf(answer)]).toEqual([413, 'ONEIRIC_ATTACH_TOO_LARGE']);
  });

  it('may be followed by others on the same connection, each of which is answered in turn', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    const answers = await sendRaw(socket, 'GET /v1/process HTTP/1.1\r\n\r\n'.repeat(20));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  });

  it('of any bytes is answered with JSON that has a code, or not at all; and the process lives', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    const word = fc.constantFrom(
      ...ROUTES.map(({ path }) => path),
      ...[
        'GET',
        'POST',
        ' ',
        '\r\n',
        '\r\n\r\n',
        'HTTP/1.1',
        'Content-Length: 5',
        'Transfer-Encoding: chunked',
      ],
      ...['Origin: x', 'Expect: 100-continue', 'Expect: x', 'Upgrade: websocket', 'Connection: Upgrade'],
      ...[
        'Connection: keep-alive',
        '{"domain":"adapter","key":"nope"}',
        '?domain=adapter&key=nope',
        '%',
        '%00',
      ],
      ...['__proto__', '\0', '0\r\n\r\n', 'ffffffffffffffff\r\n', ':', ','],
    );
    const piece = fc.oneof(word, fc.string({ maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 8 }));
    const wellFormed = fc
      .tuple(fc.constantFrom(...ROUTES), fc.array(piece, { maxLength: 4 }), fc.json({ maxDepth: 3 }))
      .map(([{ method, path }, noise, body]) => {
        const target = `${path}${noise.join('').replace(/[^\x21-\x7e]/g, '')}`;
        return `${method} ${target} HTTP/1.1\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
      });
    const anything = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    await holds(
      fc.asyncProperty(fc.oneof(wellFormed, anything), async (bytes) => {
        fc.pre(!bytes.includes('/v1/events'));
        for (const { status, body } of await sendRaw(socket, bytes)) {
          if (status === 200 || body === '') continue;
          expect(body).toMatch(/^\{"error":\{"code":"ONEIRIC_[A-Z_]+"/);
          expect(() => JSON.parse(body) as unknown).not.toThrow();
        }
      }),
      { file: 'packages/core/test/attach/hostile-requests.test.ts', runs: 400 },
    );
    expect(await isAlive(app)).toBe(true);
    expect(({} as { readonly provider?: string }).provider).toBeUndefined();
  });
});

describe('a crowd of clients', () => {
  it('of fifty is answered at once', async () => {
    await using app = await shop();
    await app.allow();
    const there = await app.connect();
    const answers = await Promise.all(Array.from({ length: 50 }, () => there.report('adapter', 'cache')));
    expect(answers.every(({ lifecycle }) => lifecycle.state === 'ready')).toBe(true);
  });

  it('that swap one key all at once are served one after the other', async () => {
    await using app = await shop();
    await app.allow();
    const there = await app.connect();
    const reports = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        there.swap('adapter', 'cache', { provider: index % 2 === 0 ? 'redis' : 'memory' }),
      ),
    );
    expect(reports.every(({ outcome }) => ['swapped', 'kept'].includes(outcome))).toBe(true);
    expect(app.closed.filter(([, times]) => times === 0)).toHaveLength(1);
    expect(Math.max(...app.closed.map(([, times]) => times))).toBe(1);
  });

  it('that hold connections open and say nothing is bounded, and room is made when they go', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    const idle: Socket[] = [];
    let refused = 0;
    for (let count = 0; count < 200; count++) {
      const raw = connect(socket);
      raw.on('error', () => undefined).on('close', () => refused++);
      idle.push(raw);
      await once(raw, 'connect');
    }
    while (refused < 200 - 128) await new Promise((go) => setImmediate(go));
    await expect(connectProcess(process.pid, { directory: app.directory })).rejects.toMatchObject({
      code: 'ONEIRIC_ATTACH_LOST',
    });
    for (const raw of idle) raw.destroy();
    while (refused < 200) await new Promise((go) => setImmediate(go));
    let alive = false;
    while (!alive) alive = await isAlive(app).catch(() => false);
    expect(refused).toBe(200);
  });

  it('does not keep the process alive', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    const raw = connect(socket).unref();
    await once(raw, 'connect');
    expect(process.getActiveResourcesInfo().filter((name) => name === 'PipeServerWrap')).toEqual([]);
    raw.destroy();
  });
});

describe('a reader of events that does not read', () => {
  it('is cut off, is told so last, and costs nobody else anything', async () => {
    await using app = await shop();
    const { socket } = await app.allow();
    const slow = request({ socketPath: socket, path: '/v1/events', agent: false });
    slow.end();
    const [response] = (await once(slow, 'response')) as [IncomingMessage];
    response.pause();
    const metadata = 'x'.repeat(100);
    for (let round = 0; round < 6000; round++) {
      const candidate = { provider: 'redis', version: metadata } as never;
      // As the lifecycle tells what happens, only faster.
      lifecycleCoreOf(app.lifecycle)?.feed.emit('withdrawn', { domain: 'adapter', key: 'cache', candidate });
    }
    const lines = (await text(response)).trimEnd().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ event: { event: 'listening' } });
    expect(lines.length).toBeLessThan(6000);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      error: { code: 'ONEIRIC_ATTACH_READER_TOO_SLOW', details: { limitBytes: 262_144 } },
    });
    expect(await isAlive(app)).toBe(true);
  });
});
