import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import { nearestName } from '../foundation/nearest-name.js';
import { DECISION_ERRORS } from './decision-errors.js';
import { PLAIN_REQUEST, type NormalRequest, type ResolveRequest } from './request.js';

const OPTIONS: readonly (keyof ResolveRequest)[] = ['provider', 'capabilities', 'requireAll'];

/**
 * Checks a request and fills in its defaults. A property that is undefined counts as absent.
 * @throws `ONEIRIC_DECISION_REQUEST_TYPE`, `ONEIRIC_DECISION_REQUEST_NAME`, `ONEIRIC_DECISION_REQUEST_OPTION`
 */
export function normaliseRequest(request: ResolveRequest | undefined): NormalRequest {
  if (request === undefined) return PLAIN_REQUEST;
  if (!isObject(request)) {
    throw wrongType('request', request, 'an object, such as { provider: "redis" }');
  }
  for (const name of Object.keys(request)) if (!isOption(name)) throw unknownOption(name, request);
  const provider = checkProvider(request.provider);
  const capabilities = checkCapabilities(request.capabilities);
  const { requireAll = true } = request;
  if (typeof requireAll !== 'boolean') throw wrongType('request.requireAll', requireAll, 'true or false');
  if (provider === null && capabilities.length === 0) return PLAIN_REQUEST;
  return Object.freeze({ provider, capabilities, requireAll });
}

/** The same text for two requests that get the same explanation. */
export function requestKey({ provider, capabilities, requireAll }: NormalRequest): string {
  return `${provider ?? ''}/${capabilities.join('/')}${requireAll ? '' : '?'}`;
}

function checkProvider(provider: unknown): string | null {
  if (provider === undefined) return null;
  if (typeof provider !== 'string') throw wrongType('request.provider', provider, 'the name of a provider');
  return checkName('request.provider', provider);
}

function checkCapabilities(capabilities: unknown): readonly string[] {
  if (capabilities === undefined) return PLAIN_REQUEST.capabilities;
  const wanted = 'an array of names, such as ["kv"]';
  if (!Array.isArray(capabilities)) throw wrongType('request.capabilities', capabilities, wanted);
  const names = Array.from(capabilities, (capability: unknown, index) => {
    const path = `request.capabilities[${String(index)}]`;
    if (typeof capability !== 'string') throw wrongType(path, capability, 'the name of a capability');
    return checkName(path, capability);
  });
  return Object.freeze([...new Set(names)]);
}

function checkName(path: string, value: string): string {
  if (isName(value)) return value;
  throw createError(DECISION_ERRORS, 'ONEIRIC_DECISION_REQUEST_NAME', { path, found: describeValue(value) });
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isOption(name: string): name is keyof ResolveRequest {
  return (OPTIONS as readonly string[]).includes(name);
}

function wrongType(path: string, value: unknown, wanted: string): Error {
  const details = { path, found: describeValue(value), wanted };
  return createError(DECISION_ERRORS, 'ONEIRIC_DECISION_REQUEST_TYPE', details);
}

function unknownOption(name: string, request: ResolveRequest): Error {
  return createError(DECISION_ERRORS, 'ONEIRIC_DECISION_REQUEST_OPTION', {
    path: `request.${describeName(name)}`,
    found: describeValue((request as Readonly<Record<string, unknown>>)[name]),
    known: OPTIONS,
    nearest: nearestName(name, OPTIONS) ?? null,
  });
}

function describeName(name: string): string {
  return isName(name) ? name : describeValue(name);
}
