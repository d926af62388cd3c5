import type { CandidateInput } from '../decision/candidate.js';
import { isName } from '../foundation/name.js';
import { readCandidate } from '../registry/check-candidate.js';
import { attempt, isObject, noteIn, problemWith, refuseUnknown } from '../registry/read-field.js';
import type { InputProblem } from '../registry/registry-errors.js';
import type { Plugin } from './plugin.js';

const PROPERTIES: ReadonlySet<string> = new Set<keyof Plugin>(['name', 'candidates', 'setup']);

/**
 * A frozen plugin from what somebody wrote or a module exports, made by `definePlugin` of whichever copy of the package
 * or by hand; what is wrong with it is added to `problems`. Undefined where nothing could be read.
 */
export function readPlugin(value: unknown, problems: InputProblem[]): Plugin | undefined {
  try {
    if (!isObject(value)) {
      problems.push(problemWith('plugin', value, 'definePlugin({ name, candidates, setup })'));
      return undefined;
    }
    const wrong = noteIn(problems);
    refuseUnknown(value, PROPERTIES, '', wrong);
    const { name, candidates, setup } = value;
    if (!isPluginName(name)) wrong('name', name, 'a name such as acme-redis or @acme/redis');
    if (setup !== undefined && typeof setup !== 'function') wrong('setup', setup, 'a function');
    const list = readCandidates(candidates, problems);
    return Object.freeze({
      name: name as string,
      ...(list === undefined ? {} : { candidates: list }),
      ...(setup === undefined ? {} : { setup: setup as NonNullable<Plugin['setup']> }),
    });
  } catch {
    problems.push({
      path: 'plugin',
      found: 'an object that throws when it is read',
      expected: 'a plain object',
    });
    return undefined;
  }
}

function readCandidates(value: unknown, problems: InputProblem[]): readonly CandidateInput[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) {
    problems.push(problemWith('candidates', value, 'a list of candidates { domain, key, factory, … }'));
    return undefined;
  }
  const list = Array.from(value as readonly unknown[]);
  for (const [index, input] of list.entries()) readCandidate(input, index, problems);
  return Object.freeze(list as CandidateInput[]);
}

/** A name, or that of a package with a scope, each part of which is a name. */
function isPluginName(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const parts = value.startsWith('@') ? value.slice(1).split('/') : [value];
  return parts.length <= 2 && (parts.length === 2) === value.startsWith('@') && parts.every(isName);
}

/** The name that a value has as a plugin, whatever else is wrong with it. */
export function nameOf(value: unknown): string | null {
  const name = attempt(() => (isObject(value) ? value['name'] : undefined));
  return isPluginName(name) ? name : null;
}
