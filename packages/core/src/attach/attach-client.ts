import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { userInfo } from 'node:os';

import { unwatchAbort, watchAbort } from '../concurrency/abort-watch.js';
import { createError, OneiricError } from '../errors/oneiric-error.js';
import { systemClock } from '../foundation/clock.js';
import { ownVersion } from '../foundation/own-version.js';
import { ATTACH_ERRORS } from './attach-errors.js';
import { forbidden } from './socket-file.js';
import { readWireError } from './wire-error.js';

/** Close to the longest text that there can be, and the snapshot of some hundred thousand candidates. */
const MAX_ANSWER_BYTES = 500_000_000;
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** One request to a process. */
export interface ClientCall {
  readonly socket: string;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Texts; what is undefined is left out. */
  readonly parameters?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal | undefined;
  /** What asks, as in `oneiric/1.2.0`. Default: this package. */
  readonly client?: string | undefined;
  /** How long the answer may take to begin, and stand still in its middle. Default: for ever. */
  readonly answerMs?: number;
}

/**
 * Asks for one object.
 *
 * @throws what the process refuses it with; `ONEIRIC_ATTACH_LOST`, `ONEIRIC_ATTACH_FORBIDDEN`,
 *   `ONEIRIC_ATTACH_NO_ANSWER`, `ONEIRIC_ATTACH_ANSWER_INVALID`, the signal's reason
 */
export async function askJson(call: ClientCall): Promise<unknown> {
  const response = await send(call);
  const answer = parse(call, await bodyOf(call, response));
  if (response.statusCode === 200) return answer;
  throw errorIn(call, answer);
}

/**
 * Asks for a stream: gives its events, and returns its result.
 *
 * @throws as `askJson`, also what the stream ends with
 */
export async function* askLines(call: ClientCall): AsyncGenerator<object, unknown, undefined> {
  const response = await send(call);
  try {
    if (response.statusCode !== 200) throw errorIn(call, parse(call, await bodyOf(call, response)));
    for await (const text of linesOf(call, response)) {
      const { event, result, ...line }: Readonly<Record<string, unknown>> = { ...parse(call, text) };
      if (isObject(event)) yield event;
      else if (isObject(result)) return result;
      else throw errorIn(call, line);
    }
    throw lost(call, new Error('the stream ended in the middle'));
  } finally {
    response.destroy();
  }
}

function send(call: ClientCall): Promise<IncomingMessage> {
  const { socket, method, path, parameters = {}, signal } = call;
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const query = method === 'GET' && given.length > 0 ? `?${String(new URLSearchParams(given))}` : '';
  const body = method === 'POST' ? JSON.stringify(Object.fromEntries(given)) : undefined;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const request: ClientRequest = httpRequest({
      socketPath: socket,
      method,
      path: path + query,
      agent: false,
      headers: {
        'user-agent': agentOf(call),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
    });
    const entry = { abort: () => void request.destroy() };
    if (signal !== undefined) watchAbort(signal, entry);
    const limit = limitOf(call, request);
    request.once('response', (response) => {
      limit[Symbol.dispose]();
      resolve(response);
    });
    request.on('error', (error) => {
      reject(failure(call, error));
    });
    request.once('close', () => {
      limit[Symbol.dispose]();
      if (signal !== undefined) unwatchAbort(signal, entry);
    });
    request.end(body);
  });
}

/** Who asks, for the log of the process: nobody checks it. A header has no other than these characters. */
function agentOf({ client = `@oneiric/core/${ownVersion()}` }: ClientCall): string {
  return `${client} (pid ${String(process.pid)}, user ${userName()})`.replaceAll(/[^ -~]/g, '?');
}

/** The number, where the system has no name for it. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.());
  }
}

/** Gives up what is waited for when that takes too long, until it is disposed. */
function limitOf({ socket, answerMs }: ClientCall, waited: ClientRequest | IncomingMessage): Disposable {
  if (answerMs === undefined) return { [Symbol.dispose]: () => undefined };
  const details = { socket, waitedMs: answerMs };
  return systemClock.after(answerMs, () => {
    waited.destroy(createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_NO_ANSWER', details));
  });
}

async function bodyOf(call: ClientCall, response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunksOf(call, response)) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw invalid(call, `it is longer than ${String(MAX_ANSWER_BYTES)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function* chunksOf(
  call: ClientCall,
  response: IncomingMessage,
): AsyncGenerator<Buffer, void, undefined> {
  let limit = limitOf(call, response);
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      limit[Symbol.dispose]();
      yield chunk;
      limit = limitOf(call, response);
    }
  } catch (error) {
    throw failure(call, error);
  } finally {
    limit[Symbol.dispose]();
  }
}

async function* linesOf(
  call: ClientCall,
  response: IncomingMessage,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunksOf(call, response)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_BYTES)
      throw invalid(call, `a line is longer than ${String(MAX_LINE_BYTES)} bytes`);
    yield* lines;
  }
}

function parse(call: ClientCall, text: string): object {
  try {
    const answer: unknown = JSON.parse(text);
    if (isObject(answer)) return answer;
  } catch {
    // Said below.
  }
  throw invalid(call, 'it is no JSON object');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The error that the process answered with. */
function errorIn(call: ClientCall, answer: unknown): Error {
  const error = readWireError((answer as { readonly error?: unknown }).error);
  return error ?? invalid(call, 'it is neither a result nor an error');
}

/** What went wrong on this side, in words. */
function failure(call: ClientCall, error: unknown): Error {
  const { socket, signal } = call;
  if (signal?.aborted === true) return signal.reason as Error;
  if (OneiricError.is(error)) return error;
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM')
    return forbidden(socket, `the system refuses it (${code})`, null, error);
  if (code.startsWith('HPE_')) return invalid(call, `it is no HTTP (${message})`);
  return lost(call, error);
}

function lost(call: ClientCall, cause: unknown): Error {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = code === undefined || message.includes(code) ? message : `${message} (${code})`;
  const details = { socket: call.socket, request: call.path, reason };
  return createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_LOST', details, { cause });
}

function invalid({ socket, path: request }: ClientCall, reason: string): Error {
  return createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_ANSWER_INVALID', { socket, request, reason });
}
