import type { CandidateInput, CandidateSource, PlatformRequirement, Requirement } from '../decision/candidate.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import type { JsonObject } from '../foundation/json.js';
import { isName, NAME_RULE } from '../foundation/name.js';
import { nearestName } from '../foundation/nearest-name.js';
import { frozenJson } from './frozen-json.js';
import type { InputProblem } from './registry-errors.js';
import { REGISTRY_ERRORS } from './registry-errors.js';

/** The bounds of a priority and of a stack level (EXPLAIN: rank). */
export const PRIORITY_BOUND = 1000;
export const STACK_LEVEL_BOUND = 100;

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
  readonly requires: readonly Requirement[];
  readonly conflictsWith: readonly string[];
  readonly platform: PlatformRequirement | undefined;
  readonly metadata: JsonObject | undefined;
  readonly source: CandidateSource;
}

const PROPERTIES = new Set<string>([
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
  'requires',
  'conflictsWith',
  'platform',
  'metadata',
  'source',
]);
const SOURCE_KINDS: ReadonlySet<unknown> = new Set(['manual', 'config', 'plugin', 'manifest', 'worker', 'remote']);
const NONE: readonly never[] = Object.freeze([]);
const MANUAL: CandidateSource = Object.freeze({ kind: 'manual' });
const NAME_EXPECTED = `a name: ${NAME_RULE}`;

/**
 * Checks one input and copies what it holds; every problem of it is reported in one error.
 *
 * @param at the place of the input in the call, such as `candidates[3]`; empty where there is only one
 * @throws `ONEIRIC_REGISTRY_CANDIDATE_INVALID`
 */
export function checkCandidate(input: unknown, at = ''): CheckedCandidate {
  const problems: InputProblem[] = [];
  const checked = readCandidate(input, at, problems);
  if (problems.length > 0) throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_CANDIDATE_INVALID', { problems });
  return checked as CheckedCandidate;
}

function readCandidate(input: unknown, at: string, problems: InputProblem[]): CheckedCandidate | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    problems.push({ path: at || 'candidate', found: describeValue(input), expected: 'an object { domain, key, factory, … }' });
    return undefined;
  }
  try {
    return readProperties(input as Record<string, unknown>, at === '' ? '' : `${at}.`, problems);
  } catch (error) {
    problems.push({ path: at || 'candidate', found: `an object that throws when read (${String(error)})`, expected: 'a plain object' });
    return undefined;
  }
}

function readProperties(input: Record<string, unknown>, prefix: string, problems: InputProblem[]): CheckedCandidate {
  const wrong = (path: string, value: unknown, expected: string): void => {
    problems.push({ path: prefix + path, found: describeValue(value), expected });
  };
  for (const name in input) {
    if (PROPERTIES.has(name) || !Object.hasOwn(input, name)) continue;
    const near = nearestName(name, PROPERTIES);
    wrong(name, input[name], near === undefined ? 'no property of that name' : `"${near}" instead of "${name}"`);
  }
  const { domain, key, provider = 'default', version, factory, inject, settings, health } = input;
  if (!isName(domain)) wrong('domain', domain, NAME_EXPECTED);
  if (!isName(key)) wrong('key', key, NAME_EXPECTED);
  if (!isName(provider)) wrong('provider', provider, NAME_EXPECTED);
  if (version !== undefined && typeof version !== 'string') wrong('version', version, 'text');
  if (typeof factory !== 'function' && (typeof factory !== 'string' || factory === '')) {
    wrong('factory', factory, 'a function, or a reference "package/path#export"');
  }
  if (health !== undefined && typeof health !== 'function') wrong('health', health, 'a function');
  if (settings !== undefined && !isStandardSchema(settings)) wrong('settings', settings, 'a Standard Schema (an object with "~standard")');
  return {
    domain: domain as string,
    key: key as string,
    provider: provider as string,
    priority: readInteger(input['priority'], 'priority', PRIORITY_BOUND, wrong),
    stackLevel: readInteger(input['stackLevel'], 'stackLevel', STACK_LEVEL_BOUND, wrong),
    capabilities: readNames(input['capabilities'], 'capabilities', wrong),
    version: version as string | undefined,
    factory: factory as CheckedCandidate['factory'],
    inject: readInject(inject, wrong),
    settings: settings as CheckedCandidate['settings'],
    health: health as CheckedCandidate['health'],
    requires: readRequires(input['requires'], domain as string, wrong),
    conflictsWith: readNames(input['conflictsWith'], 'conflictsWith', wrong),
    platform: readPlatform(input['platform'], wrong),
    metadata: readMetadata(input['metadata'], wrong),
    source: readSource(input['source'], wrong),
  };
}

type Wrong = (path: string, value: unknown, expected: string) => void;

function readInteger(value: unknown, path: string, bound: number, wrong: Wrong): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= bound) return value === 0 ? 0 : value;
  wrong(path, value, `an integer in -${String(bound)}…${String(bound)}`);
  return undefined;
}

function readNames(value: unknown, path: string, wrong: Wrong): readonly string[] {
  if (value === undefined) return NONE;
  if (!Array.isArray(value)) {
    wrong(path, value, 'an array of names');
    return NONE;
  }
  const names = value as readonly unknown[];
  names.forEach((name, index) => {
    if (!isName(name)) wrong(`${path}[${String(index)}]`, name, NAME_EXPECTED);
  });
  return Object.freeze([...new Set(names as readonly string[])]);
}

function isStandardSchema(value: unknown): boolean {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && '~standard' in value;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `domain/key` or a key of `ownDomain`, taken apart; undefined where it is neither. */
export function readKeyName(text: string, ownDomain: string): { readonly domain: string; readonly key: string } | undefined {
  const parts = text.split('/');
  const [domain, key] = parts.length === 1 ? [ownDomain, parts[0]] : parts;
  return parts.length <= 2 && isName(domain) && isName(key) ? { domain, key } : undefined;
}

function readInject(value: unknown, wrong: Wrong): CheckedCandidate['inject'] {
  if (value === undefined) return undefined;
  if (!isPlainObject(value)) {
    wrong('inject', value, 'an object of keys by parameter name');
    return undefined;
  }
  const copy: Record<string, NonNullable<CheckedCandidate['inject']>[string]> = {};
  for (const [name, target] of Object.entries(value)) {
    const fits = typeof target === 'string' ? readKeyName(target, 'own') : isPlainObject(target) && isName(target['domain']) && isName(target['key']);
    if (!isName(name)) wrong('inject', name, NAME_EXPECTED);
    else if (!fits) wrong(`inject.${name}`, target, 'a key made by defineKey, or "domain/key"');
    else copy[name] = target as string;
  }
  return Object.freeze(copy);
}

function readRequires(value: unknown, ownDomain: string, wrong: Wrong): readonly Requirement[] {
  if (value === undefined) return NONE;
  if (!Array.isArray(value)) {
    wrong('requires', value, 'an array of "domain/key" or { domain, key, capabilities }');
    return NONE;
  }
  return Object.freeze(
    (value as readonly unknown[]).map((entry, index) => readRequirement(entry, `requires[${String(index)}]`, ownDomain, wrong)),
  );
}

function readRequirement(entry: unknown, path: string, ownDomain: string, wrong: Wrong): Requirement {
  if (typeof entry === 'string') {
    const name = readKeyName(entry, ownDomain);
    if (name !== undefined) return Object.freeze(name);
  } else if (isPlainObject(entry) && isName(entry['domain']) && isName(entry['key'])) {
    const { domain, key } = entry as { domain: string; key: string };
    const capabilities = readNames(entry['capabilities'], `${path}.capabilities`, wrong);
    return Object.freeze(capabilities.length === 0 ? { domain, key } : { domain, key, capabilities });
  }
  wrong(path, entry, '"domain/key", a key of its own domain, or { domain, key, capabilities }');
  return { domain: '', key: '' };
}

function readPlatform(value: unknown, wrong: Wrong): PlatformRequirement | undefined {
  if (value === undefined) return undefined;
  if (!isPlainObject(value)) {
    wrong('platform', value, 'an object { os, node }');
    return undefined;
  }
  const { os, node } = value;
  if (node !== undefined && typeof node !== 'string') wrong('platform.node', node, 'a semver range');
  const copy: { os?: readonly string[]; node?: string } = {};
  if (os !== undefined) copy.os = readNames(os, 'platform.os', wrong);
  if (typeof node === 'string') copy.node = node;
  return Object.freeze(copy);
}

function readMetadata(value: unknown, wrong: Wrong): JsonObject | undefined {
  if (value === undefined) return undefined;
  const copy = isPlainObject(value) ? frozenJson(value) : undefined;
  if (copy === undefined) wrong('metadata', value, 'an object that JSON can carry, at most 64 levels deep');
  return copy as JsonObject | undefined;
}

const SOURCE_TEXTS = ['id', 'package', 'version', 'file'] as const;

/** Checks and copies a source. */
export function readSource(value: unknown, wrong: Wrong): CandidateSource {
  if (value === undefined) return MANUAL;
  if (!isPlainObject(value) || !SOURCE_KINDS.has(value['kind'])) {
    wrong('source', value, `an object with a kind: ${[...SOURCE_KINDS].join(', ')}`);
    return MANUAL;
  }
  const copy = frozenJson(value);
  for (const name of SOURCE_TEXTS) {
    const text = value[name];
    if (text !== undefined && (typeof text !== 'string' || text === '')) wrong(`source.${name}`, text, 'text');
  }
  if (copy === undefined) wrong('source', value, 'an object that JSON can carry');
  return (copy ?? MANUAL) as unknown as CandidateSource;
}
