import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import { lockContext } from '../concurrency/lock-context.js';
import { createError, OneiricError } from '../errors/oneiric-error.js';
import { systemClock } from '../foundation/clock.js';
import { LinkedSignal } from '../lifecycle/linked-signal.js';
import { ATTACH_ERRORS } from './attach-errors.js';
import type { AttachEvent } from './attach-event.js';
import type { AttachRoute, Parameters } from './attach-routes.js';
import type { AttachTarget } from './attach-target.js';
import { LineWriter } from './line-writer.js';
import type { ProcessInfo } from './process-info.js';
import { readParameters, routeOf } from './read-request.js';
import { wireError } from './wire-error.js';

const MAX_CONNECTIONS = 128;
/** How long a client may take to say what it wants. */
const REQUEST_MS = 10_000;
/** How long `close` waits for the last answers to be read. */
const GOODBYE_MS = 1000;

/** The HTTP status of what a request was refused for; of all that the process itself refuses it is 422. */
const STATUS: Readonly<Record<string, number>> = {
  ONEIRIC_ATTACH_REQUEST_INVALID: 400,
  ONEIRIC_ATTACH_ORIGIN_REFUSED: 403,
  ONEIRIC_ATTACH_ROUTE_UNKNOWN: 404,
  ONEIRIC_ATTACH_TOO_LARGE: 413,
  ONEIRIC_ATTACH_FAILED: 500,
  ONEIRIC_ATTACH_CLOSED: 503,
};
const BROKEN: Readonly<Record<string, readonly [status: string, expected: string]>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'one of at most 8 KiB of headers'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', `one that is there within ${String(REQUEST_MS)} ms`],
};

/** Answers requests over one socket, which it does not listen at by itself. Nothing that is sent to it harms it. */
export class RequestServer {
  readonly http: Server;
  readonly #target: AttachTarget;
  readonly #info: () => ProcessInfo;
  readonly #closing = new AbortController();
  readonly #underWay = new Set<Promise<void>>();

  constructor(target: AttachTarget, info: () => ProcessInfo) {
    this.#target = target;
    this.#info = info;
    this.http = createServer({
      requireHostHeader: false,
      maxHeaderSize: 8192,
      headersTimeout: REQUEST_MS,
      requestTimeout: REQUEST_MS,
      connectionsCheckingInterval: 1000,
    });
    this.http.maxConnections = MAX_CONNECTIONS;
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      const work = lockContext().outside(() => this.#answer(request, response));
      this.#underWay.add(work);
      void work.finally(() => this.#underWay.delete(work));
    };
    this.http.on('request', answer).on('checkExpectation', answer);
    this.http.on('clientError', refuse);
    this.http.on('connect', (_request, socket: Socket) => {
      refuse({ code: 'CONNECT' }, socket);
    });
    this.http.on('connection', (socket) => socket.unref());
  }

  /** Ends every stream and every wait, says so, and closes all connections. */
  async close(): Promise<void> {
    const what = 'What was asked for';
    this.#closing.abort(createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_CLOSED', { what }));
    const closed = new Promise<void>((resolve) => {
      this.http.close(() => {
        resolve();
      });
    });
    this.http.closeIdleConnections();
    using _limit = systemClock.after(
      GOODBYE_MS,
      () => {
        this.http.closeAllConnections();
      },
      { keepsAlive: true },
    );
    await Promise.allSettled(this.#underWay);
    await closed;
  }

  /** Never rejects. */
  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => {
      const reason = 'the client went away';
      const details = { socket: this.#info().socket, request: request.url ?? '', reason };
      if (!response.writableFinished) gone.abort(createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_LOST', details));
    });
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    using linked = new LinkedSignal(gone.signal, this.#closing.signal);
    try {
      const asked = routeOf(request);
      const parameters = await readParameters(request, asked);
      linked.signal.throwIfAborted();
      await this.#run(asked.route, parameters, linked, response);
    } catch (error) {
      sendError(response, error, request.url ?? '');
    }
  }

  async #run(
    route: AttachRoute,
    parameters: Parameters,
    linked: LinkedSignal,
    response: ServerResponse,
  ): Promise<void> {
    const call = { target: this.#target, info: this.#info(), parameters, signal: linked.signal };
    if (route.answer === 'json') {
      send(response, 200, await route.run({ ...call, tell: () => undefined }));
      return;
    }
    const cut = (reason: unknown): void => {
      linked.abort(reason);
    };
    const lines = new LineWriter(response, route.answer === 'events' ? cut : undefined);
    try {
      const tell = (event: AttachEvent): void => {
        lines.event(event);
      };
      lines.end({ result: await route.run({ ...call, tell }) });
    } catch (error) {
      lines.end({ error: wireError(error, route.path) });
    }
  }
}

function sendError(response: ServerResponse, error: unknown, url: string): void {
  const [path = ''] = url.split('?', 1);
  const wire = wireError(error, path.slice(0, 80));
  const status = STATUS[wire.code] ?? (OneiricError.is(error) ? 422 : 500);
  // What is left of the body is not read.
  response.setHeader('connection', 'close');
  send(response, status, { error: wire });
}

function send(response: ServerResponse, status: number, answer: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const body = Buffer.from(`${JSON.stringify(answer)}\n`);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** What is no HTTP, too large, too slow, or asks for a tunnel: answered all the same, and the connection is closed. */
function refuse(
  { code = '' }: { readonly code?: string },
  socket: Pick<Socket, 'writable' | 'end' | 'destroy'>,
) {
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, expected] = BROKEN[code] ?? ['400 Bad Request', 'an HTTP/1.1 request'];
  const details = {
    what: 'the request',
    found: code === '' ? 'unreadable' : `unreadable (${code})`,
    expected,
  };
  const error = createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_REQUEST_INVALID', details);
  const body = `${JSON.stringify({ error: wireError(error, 'a request') })}\n`;
  const head = `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\nConnection: close\r\n\r\n`;
  socket.end(head + body, () => socket.destroy());
}
