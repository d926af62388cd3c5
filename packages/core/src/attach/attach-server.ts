import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { lockContext } from '../concurrency/lock-context.js';
import { createError } from '../errors/oneiric-error.js';
import { systemClock } from '../foundation/clock.js';
import { printable } from '../foundation/printable.js';
import { LinkedSignal } from '../lifecycle/linked-signal.js';
import { redactText } from '../security/redact.js';
import { answerBroken, answerError, answerJson, answerPieces, errorOf, REQUEST_MS } from './answer.js';
import { attachRequests } from './attach-channels.js';
import { ATTACH_ERRORS } from './attach-errors.js';
import type { AttachEvent } from './attach-event.js';
import type { AttachRoute, Parameters } from './attach-routes.js';
import type { AttachTarget } from './attach-target.js';
import { LineWriter } from './line-writer.js';
import type { ProcessInfo } from './process-info.js';
import { readParameters, routeOf } from './read-request.js';
import { wireError } from './wire-error.js';

const MAX_CONNECTIONS = 128;
/** How long `close` waits for the last answers to be given and read. */
const GOODBYE_MS = 1000;

/** Answers requests over one socket, which it does not open by itself. Nothing that is sent to it harms it. */
export class RequestServer {
  readonly http: Server;
  readonly #target: AttachTarget;
  readonly #info: () => ProcessInfo;
  readonly #closing = new AbortController();

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
      void lockContext().outside(() => this.#answer(request, response));
    };
    this.http.on('request', answer).on('checkExpectation', answer);
    this.http.on('clientError', answerBroken);
    this.http.on('connect', (_request, socket) => {
      answerBroken({ code: 'CONNECT' }, socket);
    });
    this.http.on('connection', (socket) => socket.unref());
    // A connection that could not be taken is the client's to miss.
    this.http.on('error', () => undefined);
  }

  /** Ends every stream and every wait, says so, and closes all connections. Never rejects. */
  async close(): Promise<void> {
    const what = 'What was asked for';
    this.#closing.abort(createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_CLOSED', { what }));
    const closed = new Promise<void>((resolve) => this.http.close(() => resolve()));
    this.http.closeIdleConnections();
    using _limit = systemClock.after(GOODBYE_MS, () => this.http.closeAllConnections(), { keepsAlive: true });
    await closed;
  }

  /** Never rejects. */
  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const began = systemClock.now();
    let parameters: Parameters = {};
    let error: unknown;
    let route: AttachRoute | undefined;
    const gone = this.#goneSignal(request, response);
    using ends = new LinkedSignal(gone, this.#closing.signal);
    try {
      const asked = routeOf(request);
      route = asked.route;
      parameters = await readParameters(request, asked);
      ends.signal.throwIfAborted();
      await this.#run(asked.route, parameters, ends, response);
    } catch (caught) {
      error = ends.signal.aborted ? ends.signal.reason : caught;
      answerError(response, error, request);
      // To leave is how one ends a stream that has no end.
      if (route?.answer === 'events' && gone.aborted && error === gone.reason) error = undefined;
    }
    if (!attachRequests.hasSubscribers) return;
    const { method = '', url = '', headers } = request;
    const client = headers['user-agent'];
    attachRequests.publish({
      lifecycle: this.#target.lifecycle,
      client: client === undefined ? null : printable(client.slice(0, 200)),
      request: printable(`${method} ${url.split('?', 1).join('')}`.slice(0, 200)),
      parameters: redacted(parameters),
      code: error === undefined ? null : errorOf(error, request).code,
      durationMs: systemClock.now() - began,
    });
  }

  async #run(
    route: AttachRoute,
    parameters: Parameters,
    ends: LinkedSignal,
    response: ServerResponse,
  ): Promise<void> {
    const call = { target: this.#target, info: this.#info(), parameters, signal: ends.signal };
    if (route.answer === 'json') {
      answerJson(response, 200, await route.run({ ...call, tell: () => undefined }));
      return;
    }
    if (route.answer === 'pieces') {
      await answerPieces(
        response,
        route.run({ ...call, tell: () => undefined }) as Iterable<string>,
        call.signal,
      );
      return;
    }
    const cut = (reason: unknown): void => ends.abort(reason);
    const lines = new LineWriter(response, route.answer === 'events' ? cut : undefined);
    const tell = (event: AttachEvent): void => lines.event(event);
    try {
      lines.end({ result: await route.run({ ...call, tell }) });
    } catch (error) {
      lines.end({ error: wireError(error, `${route.method} ${route.path}`) });
      throw error;
    }
  }

  /** Aborted when who asked has gone away before he was answered. */
  #goneSignal(request: IncomingMessage, response: ServerResponse): AbortSignal {
    const gone = new AbortController();
    const ignore = (): void => undefined;
    request.on('error', ignore);
    response.on('error', ignore);
    response.once('close', () => {
      if (response.writableFinished) return;
      const details = {
        socket: this.#info().socket,
        request: request.url ?? '',
        reason: 'the client went away',
      };
      gone.abort(createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_LOST', details));
    });
    return gone.signal;
  }
}

function redacted(parameters: Parameters): Parameters {
  const { reason } = parameters;
  return Object.freeze(reason === undefined ? parameters : { ...parameters, reason: redactText(reason) });
}
