import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

import { createError, OneiricError } from '../errors/oneiric-error.js';
import { systemClock } from '../foundation/clock.js';
import { ATTACH_ERRORS } from './attach-errors.js';
import { wireError, type WireError } from './wire-error.js';

/** How long a client may take to say what it wants. */
export const REQUEST_MS = 10_000;

/** The HTTP status of what a request is refused for. */
const STATUS: Readonly<Record<string, number>> = {
  ONEIRIC_ATTACH_REQUEST_INVALID: 400,
  ONEIRIC_ATTACH_ORIGIN_REFUSED: 403,
  ONEIRIC_ATTACH_ROUTE_UNKNOWN: 404,
  ONEIRIC_ATTACH_TOO_LARGE: 413,
  ONEIRIC_ATTACH_FAILED: 500,
  ONEIRIC_ATTACH_CLOSED: 503,
};
/** Of what the process itself refuses. */
const REFUSED = 422;

/** What a request that could not even be read is told, by the code that the parser gives. */
const BROKEN: Readonly<Record<string, readonly [status: number, expected: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'one of at most 8 KiB of headers'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, `one that is there within ${String(REQUEST_MS)} ms`],
};

/** Nothing happens where an answer was begun, or nobody is there to read it. */
export function answerJson(response: ServerResponse, status: number, answer: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const body = Buffer.from(jsonOf(answer));
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': body.length,
    'cache-control': 'no-store',
  });
  response.end(body);
}

/**
 * Answers with a text that is made and sent piece by piece: the process goes on with its own work between two of them,
 * and no more is made than the reader has read.
 */
export async function answerPieces(
  response: ServerResponse,
  pieces: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  for (const piece of pieces) {
    signal.throwIfAborted();
    if (!response.write(piece)) await drained(response);
    await new Promise<void>((resolve) => {
      systemClock.after(0, resolve, { keepsAlive: true });
    });
  }
  response.end('\n');
}

/** Also where the reader has gone away. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

/** As `answerJson`; the connection is closed then, since what is left of the request is not read. */
export function answerError(response: ServerResponse, error: unknown, request: IncomingMessage): void {
  if (response.headersSent) return;
  response.shouldKeepAlive = false;
  const wire = errorOf(error, request);
  answerJson(response, STATUS[wire.code] ?? (OneiricError.is(error) ? REFUSED : 500), { error: wire });
}

/** What a request failed with, as it is told. */
export function errorOf(error: unknown, { method = '', url = '' }: IncomingMessage): WireError {
  return wireError(error, `${method} ${url.split('?', 1).join('').slice(0, 80)}`);
}

/** Answers what is no HTTP, too large, too slow, or asks for a tunnel, and closes the connection. */
export function answerBroken({ code = '' }: { readonly code?: string }, socket: Duplex): void {
  socket.on('error', () => undefined);
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, expected] = BROKEN[code] ?? [400, 'an HTTP/1.1 request'];
  const found = code === '' ? 'unreadable' : `unreadable (${code})`;
  const details = { what: 'the request', found, expected };
  const error = createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_REQUEST_INVALID', details);
  const body = jsonOf({ error: wireError(error, 'a request') });
  const head = [
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}`,
    'Content-Type: application/json',
    `Content-Length: ${String(Buffer.byteLength(body))}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

function jsonOf(answer: unknown): string {
  return `${JSON.stringify(answer)}\n`;
}
