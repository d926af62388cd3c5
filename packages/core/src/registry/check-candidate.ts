import validRange from 'semver/ranges/valid.js';

import {
  type CandidateInput,
  type CandidateSource,
  type PlatformRequirement,
  type Requirement,
  type Scope,
  SCOPES,
} from '../decision/candidate.js';
import { BOUNDS } from '../decision/changes.js';
import { createError, OneiricError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import type { JsonObject } from '../foundation/json.js';
import { isName } from '../foundation/name.js';
import { parseFactoryReference } from '../security/factory-reference.js';
import { frozenJson, JSON_EXPECTED } from './frozen-json.js';
import {
  attempt,
  isObject,
  isText,
  NAME_EXPECTED,
  problemWith,
  readInteger,
  readNames,
  refuseUnknown,
  TEXT_EXPECTED,
  type Wrong,
} from './read-field.js';
import { readInject, readRequires } from './read-needs.js';
import { readSource } from './read-source.js';
import type { InputProblem } from './registry-errors.js';
import { REGISTRY_ERRORS } from './registry-errors.js';

/** The bounds of a priority and of a stack level, in either direction. */
export const PRIORITY_BOUND = BOUNDS.priority.max;
const STACK_LEVEL_BOUND = BOUNDS.stackLevel.max;

/** A candidate as its author wrote it: checked, copied and frozen, but without its place in a registry. */
export interface CheckedCandidate {
  readonly domain: string;
  readonly key: string;
  readonly provider: string;
  readonly priority: number | undefined;
  readonly stackLevel: number | undefined;
  readonly capabilities: readonly string[];
  readonly version: string | undefined;
  readonly factory: CandidateInput['factory'];
  readonly inject: CandidateInput['inject'];
  readonly settings: CandidateInput['settings'];
  readonly health: CandidateInput['health'];
  readonly handover: CandidateInput['handover'];
  readonly scope: Scope;
  readonly requires: readonly Requirement[];
  readonly conflictsWith: readonly string[];
  readonly platform: PlatformRequirement | undefined;
  readonly metadata: JsonObject | undefined;
  readonly source: CandidateSource;
}

const PROPERTIES: ReadonlySet<string> = new Set<keyof CheckedCandidate>([
  'domain',
  'key',
  'provider',
  'priority',
  'stackLevel',
  'capabilities',
  'version',
  'factory',
  'inject',
  'settings',
  'health',
  'handover',
  'scope',
  'requires',
  'conflictsWith',
  'platform',
  'metadata',
  'source',
]);
const PLATFORM_PROPERTIES = new Set(['os', 'node']);

/**
 * Checks one input and copies what it holds; every problem of it is reported in one error.
 *
 * @throws `ONEIRIC_REGISTRY_CANDIDATE_INVALID`
 */
export function checkCandidate(input: unknown): CheckedCandidate {
  const problems: InputProblem[] = [];
  const checked = readCandidate(input, undefined, problems);
  if (checked === undefined || problems.length > 0) throw candidateInvalid(problems);
  return checked;
}

/** The error that lists what is wrong with one or several candidates. */
export function candidateInvalid(problems: readonly InputProblem[], options?: ErrorOptions): Error {
  return createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_CANDIDATE_INVALID', { problems }, options);
}

/**
 * As `checkCandidate`, but adds what is wrong to `problems`; undefined where nothing could be read.
 *
 * @param index the place of the input among several
 */
export function readCandidate(
  input: unknown,
  index: number | undefined,
  problems: InputProblem[],
): CheckedCandidate | undefined {
  const path = index === undefined ? 'candidate' : `candidates[${index}]`;
  try {
    if (isObject(input)) return readProperties(input, noteAt(index, problems));
    problems.push({ path, found: describeValue(input), expected: 'an object { domain, key, factory, … }' });
  } catch (error) {
    const thrown =
      attempt(() => (error instanceof Error ? describeValue(error.message) : undefined)) ??
      describeValue(error);
    problems.push({
      path,
      found: `an object that throws when it is read: ${thrown}`,
      expected: 'a plain object',
    });
  }
  return undefined;
}

/** Notes problems; the text of the place is made only where there is one. */
function noteAt(index: number | undefined, problems: InputProblem[]): Wrong {
  return (path, value, expected) => {
    const place = index === undefined ? path : `candidates[${index}].${path}`;
    problems.push(problemWith(place, value, expected));
  };
}

function readProperties(input: Readonly<Record<string, unknown>>, wrong: Wrong): CheckedCandidate {
  refuseUnknown(input, PROPERTIES, '', wrong);
  const { domain, key, provider = 'default', version, factory, settings, health, handover } = input;
  if (!isName(domain)) wrong('domain', domain, NAME_EXPECTED);
  if (!isName(key)) wrong('key', key, NAME_EXPECTED);
  if (!isName(provider)) wrong('provider', provider, NAME_EXPECTED);
  if (version !== undefined && !isText(version)) wrong('version', version, TEXT_EXPECTED);
  if (health !== undefined && typeof health !== 'function') wrong('health', health, 'a function');
  if (handover !== undefined && typeof handover !== 'function') wrong('handover', handover, 'a function');
  if (settings !== undefined && !isStandardSchema(settings)) {
    wrong('settings', settings, 'a Standard Schema (an object with "~standard")');
  }
  checkFactory(factory, wrong);
  return {
    domain: domain as string,
    key: key as string,
    provider: provider as string,
    priority: readInteger(input['priority'], 'priority', PRIORITY_BOUND, wrong),
    stackLevel: readInteger(input['stackLevel'], 'stackLevel', STACK_LEVEL_BOUND, wrong),
    capabilities: readNames(input['capabilities'], 'capabilities', wrong),
    version: version as string | undefined,
    factory: factory as CheckedCandidate['factory'],
    inject: readInject(input['inject'], wrong),
    settings: settings as CheckedCandidate['settings'],
    health: health as CheckedCandidate['health'],
    handover: handover as CheckedCandidate['handover'],
    scope: readScope(input['scope'], wrong),
    requires: readRequires(input['requires'], domain, wrong),
    conflictsWith: readNames(input['conflictsWith'], 'conflictsWith', wrong),
    platform: readPlatform(input['platform'], wrong),
    metadata: readMetadata(input['metadata'], wrong),
    source: readSource(input['source'], wrong),
  };
}

function readScope(value: unknown, wrong: Wrong): Scope {
  if (value === undefined) return 'singleton';
  const scope = SCOPES.find((known) => known === value);
  if (scope === undefined) wrong('scope', value, SCOPES.map((known) => `"${known}"`).join(' or '));
  return scope ?? 'singleton';
}

function isStandardSchema(value: unknown): boolean {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && '~standard' in value;
}

function checkFactory(factory: unknown, wrong: Wrong): void {
  if (typeof factory === 'function') return;
  if (typeof factory !== 'string' || factory === '') {
    wrong('factory', factory, 'a function, or a reference "package/path#export"');
    return;
  }
  try {
    parseFactoryReference(factory);
  } catch (error) {
    if (!OneiricError.is(error, 'ONEIRIC_REFERENCE_REFUSED')) throw error;
    wrong('factory', factory, `${error.details.expected} (${error.details.found})`);
  }
}

function readPlatform(value: unknown, wrong: Wrong): PlatformRequirement | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) {
    wrong('platform', value, 'an object { os, node }');
    return undefined;
  }
  refuseUnknown(value, PLATFORM_PROPERTIES, 'platform.', wrong);
  const { os, node } = value;
  const copy: { os?: readonly string[]; node?: string } = {};
  if (os !== undefined) {
    copy.os = readNames(os, 'platform.os', wrong);
    if (copy.os.length === 0) wrong('platform.os', os, 'at least one value of process.platform');
  }
  if (isText(node) && validRange(node) !== null) copy.node = node;
  else if (node !== undefined) wrong('platform.node', node, 'a semver range');
  return Object.freeze(copy);
}

function readMetadata(value: unknown, wrong: Wrong): JsonObject | undefined {
  if (value === undefined) return undefined;
  const copy = isObject(value) ? frozenJson(value) : undefined;
  if (copy === undefined) wrong('metadata', value, `an object: ${JSON_EXPECTED}`);
  return copy as JsonObject | undefined;
}
