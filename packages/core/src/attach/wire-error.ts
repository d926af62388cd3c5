import type { ErrorCode } from '../errors/error-details.js';
import { createError, OneiricError } from '../errors/oneiric-error.js';
import type { JsonObject } from '../foundation/json.js';
import { failureChain, type FailureLink } from '../lifecycle/failure-chain.js';
import { redactJson, redactText } from '../security/redact.js';
import { ATTACH_ERRORS } from './attach-errors.js';

const LONGEST_MESSAGE = 20_000;
const MOST_CAUSES = 16;
const CODE = /^ONEIRIC_[A-Z0-9_]{1,80}$/;
const NAMED = /^(?<name>[A-Za-z_$][\w$]{0,63}): (?<message>[^]*)$/;

/** An error as it goes over the socket. */
export interface WireError {
  readonly code: string;
  readonly message: string;
  /** Plain data, without what looks like a secret. */
  readonly details: JsonObject;
  /** What was underneath, outermost first. */
  readonly causes: readonly WireCause[];
}

/** One error underneath; `details` of those of Oneiric. */
export interface WireCause extends FailureLink {
  readonly details?: JsonObject;
}

/** Any failure of a request, as data without secrets. What is none of Oneiric becomes `ONEIRIC_ATTACH_FAILED`. */
export function wireError(error: unknown, request: string): WireError {
  const coded = OneiricError.is(error) ? error : failed(error, request);
  const { code, message } = coded;
  return {
    code,
    message: redactText(message.slice(0, LONGEST_MESSAGE)),
    details: plain(coded.details),
    causes: causesOf(coded),
  };
}

function failed(cause: unknown, request: string): OneiricError {
  const reason = failureChain(cause)[0]?.message ?? 'nobody says why';
  return createError(ATTACH_ERRORS, 'ONEIRIC_ATTACH_FAILED', { request, reason }, { cause });
}

function causesOf(error: OneiricError): readonly WireCause[] {
  let at: unknown = error;
  return failureChain(error)
    .slice(1)
    .map((link) => {
      at = at instanceof Error ? at.cause : undefined;
      return OneiricError.is(at) ? { ...link, details: plain(at.details) } : link;
    });
}

function plain(details: unknown): JsonObject {
  try {
    const copy: unknown = JSON.parse(JSON.stringify(details));
    return typeof copy === 'object' && copy !== null ? redactJson(copy as JsonObject) : {};
  } catch {
    return {};
  }
}

/** The error that came over a socket; undefined where it is none. */
export function readWireError(value: unknown): OneiricError | undefined {
  const { code, message, details, causes } = fieldsOf(value);
  if (typeof code !== 'string' || !CODE.test(code) || typeof message !== 'string') {
    return undefined;
  }
  const cause = failureOf(Array.isArray(causes) ? (causes as readonly WireCause[]) : []);
  return remade(code, message, details, cause === undefined ? {} : { cause });
}

/**
 * An error whose chain of causes says what these links say: for whoever takes errors, such as `renderSwapReport`. The
 * details of a link that came without are an empty object. Undefined where there are no links.
 */
export function failureOf(links: readonly WireCause[]): Error | undefined {
  return links.slice(0, MOST_CAUSES).reduceRight<Error | undefined>((cause, link) => {
    const { code, message, details } = fieldsOf(link);
    const text = typeof message === 'string' ? message : 'an error without words';
    const options = cause === undefined ? {} : { cause };
    if (typeof code === 'string' && CODE.test(code)) return remade(code, text, details, options);
    const parts = NAMED.exec(text)?.groups;
    const error = new Error(parts?.['message'] ?? text, options);
    if (parts !== undefined) define(error, 'name', parts['name']);
    if (typeof code === 'string') define(error, 'code', code);
    return error;
  }, undefined);
}

/** The code is that of a declared error, or of one of a newer version. Its stack would be that of this file. */
function remade(code: string, message: string, details: unknown, options: { cause?: unknown }): OneiricError {
  const error = new OneiricError(code as ErrorCode, message, fieldsOf(details) as never, options);
  define(error, 'stack', `${error.name}: ${message}`);
  return error;
}

function define(error: Error, name: string, value: unknown): void {
  Object.defineProperty(error, name, { value, configurable: true, writable: true });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
