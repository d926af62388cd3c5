import type { IncomingMessage } from 'node:http';

import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import { ATTACH_ERRORS } from './attach-errors.js';
import { type AttachRoute, PARAMETERS, type Parameter, type Parameters, ROUTES } from './attach-routes.js';

/** The longest body of a request. The routes take a few names. */
const MAX_BODY_BYTES = 65_536;
const LONGEST_TEXT = 1000;

/** What was asked for, before its body is read. */
export interface AskedRoute {
  readonly route: AttachRoute;
  readonly query: URLSearchParams;
}

/** @throws `ONEIRIC_ATTACH_ROUTE_UNKNOWN`, `ONEIRIC_ATTACH_ORIGIN_REFUSED` */
export function routeOf({ method = '', url = '', headers }: IncomingMessage): AskedRoute {
  const { origin } = headers;
  if (origin !== undefined) {
    throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_ORIGIN_REFUSED', { origin: describeValue(origin) });
  }
  const [path = '', ...rest] = url.split('?');
  const route = ROUTES.find((each) => each.path === path && each.method === method);
  if (route !== undefined) return { route, query: new URLSearchParams(rest.join('?')) };
  const known = ROUTES.map((each) => `${each.method} ${each.path}`);
  const asked = `${method} ${path}`;
  const nearest = asked.length > LONGEST_TEXT ? undefined : nearestName(asked, known);
  throw createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_ROUTE_UNKNOWN', {
    route: describeValue(asked),
    known,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

/**
 * The parameters of a request: of a GET in its query, of a POST in its body, an object of texts as JSON.
 *
 * @throws `ONEIRIC_ATTACH_REQUEST_INVALID`, `ONEIRIC_ATTACH_TOO_LARGE`
 */
export async function readParameters(
  request: IncomingMessage,
  { route, query }: AskedRoute,
): Promise<Parameters> {
  if (route.method === 'GET') return checked(route, [...query]);
  if (query.size > 0)
    throw invalid('the query', describeValue(String(query)), 'nothing: a POST says it in its body');
  const body = await readBody(request);
  const given = body.length === 0 ? {} : parse(body);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalid('the body', describeValue(given), 'a JSON object');
  }
  return checked(route, Object.entries(given));
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = () =>
    createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_TOO_LARGE', { limitBytes: MAX_BODY_BYTES });
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch (cause) {
    throw invalid('the body', 'no JSON', 'a JSON object in UTF-8', undefined, cause);
  }
}

function checked(
  { required, optional }: AttachRoute,
  given: readonly (readonly [name: string, value: unknown])[],
): Parameters {
  const known: readonly Parameter[] = [...required, ...optional];
  const parameters = new Map<Parameter, string>();
  for (const [name, value] of given) {
    const parameter = known.find((each) => each === name);
    if (parameter === undefined) {
      const expected = known.length === 0 ? 'no parameters' : `nothing but ${known.join(', ')}`;
      const nearest = name.length > LONGEST_TEXT ? undefined : nearestName(name, known);
      throw invalid('a parameter', describeValue(name), expected, nearest);
    }
    if (parameters.has(parameter)) throw invalid(parameter, 'given twice', 'one value');
    if (typeof value !== 'string' || value.length > LONGEST_TEXT) {
      throw invalid(parameter, describeValue(value), `a text of at most ${String(LONGEST_TEXT)} characters`);
    }
    parameters.set(parameter, value);
  }
  const missing = required.find((each) => !parameters.has(each));
  if (missing !== undefined) throw invalid(missing, 'absent', 'a text');
  return Object.fromEntries(PARAMETERS.flatMap((each) => entryOf(each, parameters.get(each))));
}

function entryOf(name: Parameter, value: string | undefined): readonly (readonly [Parameter, string])[] {
  return value === undefined ? [] : [[name, value]];
}

function invalid(what: string, found: string, expected: string, nearest?: string, cause?: unknown): Error {
  const details = { what, found, expected, ...(nearest === undefined ? {} : { nearest }) };
  return createError(
    ATTACH_ERRORS,
    'ONEIRIC_ATTACH_REQUEST_INVALID',
    details,
    cause === undefined ? {} : { cause },
  );
}
