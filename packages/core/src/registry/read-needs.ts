import type { CandidateInput, Requirement } from '../decision/candidate.js';
import { isName } from '../foundation/name.js';
import { defineKey } from './define-key.js';
import { isObject, NAME_EXPECTED, readList, readNames, refuseUnknown, type Wrong } from './read-field.js';

const REQUIREMENT = new Set(['domain', 'key', 'capabilities']);
const REQUIREMENT_EXPECTED = '"domain/key", a key of its own domain, or { domain, key, capabilities }';
const NONE: readonly never[] = Object.freeze([]);

/** `domain/key` or a key of `ownDomain`, taken apart; undefined where it is neither. */
function readKeyName(
  text: string,
  ownDomain: unknown,
): { readonly domain: string; readonly key: string } | undefined {
  const parts = text.split('/');
  const [domain, key] = parts.length === 1 ? [ownDomain, parts[0]] : parts;
  return parts.length <= 2 && isName(domain) && isName(key) ? { domain, key } : undefined;
}

/** The keys that a candidate is given, by parameter name. A key object becomes the one that `defineKey` gives. */
export function readInject(value: unknown, wrong: Wrong): CandidateInput['inject'] {
  if (value === undefined) return undefined;
  if (!isObject(value)) {
    wrong('inject', value, 'an object of keys by parameter name');
    return undefined;
  }
  const copy: Record<string, NonNullable<CandidateInput['inject']>[string]> = {};
  for (const [name, target] of Object.entries(value)) {
    if (!isName(name)) {
      wrong('inject', name, NAME_EXPECTED);
      continue;
    }
    const known = readInjected(target);
    if (known === undefined) wrong(`inject.${name}`, target, 'a key made by defineKey, or "domain/key"');
    else copy[name] = known;
  }
  return Object.freeze(copy);
}

function readInjected(target: unknown): NonNullable<CandidateInput['inject']>[string] | undefined {
  if (typeof target === 'string') return readKeyName(target, 'own') === undefined ? undefined : target;
  if (!isObject(target)) return undefined;
  const { domain, key } = target;
  return isName(domain) && isName(key) ? defineKey(domain, key) : undefined;
}

export function readRequires(value: unknown, ownDomain: unknown, wrong: Wrong): readonly Requirement[] {
  if (value === undefined) return NONE;
  const entries = readList(value, 'requires', `an array of ${REQUIREMENT_EXPECTED}`, wrong);
  return Object.freeze(
    entries.map((entry, index) => readRequirement(entry, `requires[${index}]`, ownDomain, wrong)),
  );
}

function readRequirement(entry: unknown, path: string, ownDomain: unknown, wrong: Wrong): Requirement {
  if (typeof entry === 'string') {
    const name = readKeyName(entry, ownDomain);
    if (name !== undefined) return Object.freeze(name);
  } else if (isObject(entry)) {
    const { domain, key, capabilities } = entry;
    refuseUnknown(entry, REQUIREMENT, `${path}.`, wrong);
    if (isName(domain) && isName(key)) {
      const names = readNames(capabilities, `${path}.capabilities`, wrong);
      return Object.freeze(names.length === 0 ? { domain, key } : { domain, key, capabilities: names });
    }
  }
  wrong(path, entry, REQUIREMENT_EXPECTED);
  return { domain: '', key: '' };
}
