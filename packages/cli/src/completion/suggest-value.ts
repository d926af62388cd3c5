import type { Completes } from '../command.js';
import type { ProjectNames } from './project-names.js';
import { NOTHING, type Suggestion, type Suggestions } from './suggestion.js';

/** What is being typed, and what stands before it. */
export interface ValueContext {
  readonly typed: string;
  readonly args: readonly string[];
  readonly names: ProjectNames;
}

/** What may be typed for a value of this kind; the caller leaves out what does not begin with what is there. */
export function suggestValue(
  completes: Exclude<Completes, 'process'> | undefined,
  context: ValueContext,
): Suggestions {
  if (completes === undefined) return NOTHING;
  if (completes === 'file' || completes === 'folder') return { kind: completes };
  return { kind: 'values', values: valuesOf(completes, context) };
}

function valuesOf(
  completes: Exclude<Completes, 'file' | 'folder' | 'process'>,
  { typed, args, names }: ValueContext,
): readonly Suggestion[] {
  if (typeof completes !== 'string') return completes.map((value) => ({ value }));
  const [domain = '', key] = args;
  const asked = domain.includes('/') ? domain : `${domain}/${key ?? ''}`;
  switch (completes) {
    case 'domain':
      return domains(names);
    case 'domain-or-key':
      return typed.includes('/') ? keys(names) : [...domains(names), ...keys(names)];
    case 'key':
      return names.keys
        .filter((name) => name.domain === domain)
        .map((name) => ({ value: name.key, words: name.winner }));
    case 'provider':
      return names.providers(asked).map((value) => ({ value }));
    case 'capability': {
      const before = typed.slice(0, typed.lastIndexOf(',') + 1);
      const chosen = new Set(before.split(','));
      return names
        .capabilities(asked)
        .filter((name) => !chosen.has(name))
        .map((name) => ({ value: before + name }));
    }
    case 'change':
      return names
        .providers(asked)
        .flatMap((name) => [`selection=${name}`, `priority(${name})=`, `stackLevel(${name})=`])
        .map((value) => ({ value }));
    case 'selection': {
      const [name = '', provider] = typed.split('=');
      if (provider === undefined) return keys(names).map(({ value }) => ({ value: `${value}=` }));
      return names.providers(name).map((value) => ({ value: `${name}=${value}` }));
    }
    case 'environment':
      return names.environments.map((value) => ({ value }));
    default:
      return completes satisfies never;
  }
}

function domains({ keys }: ProjectNames): readonly Suggestion[] {
  return [...new Set(keys.map(({ domain }) => domain))].map((value) => ({ value, words: 'domain' }));
}

function keys({ keys }: ProjectNames): readonly Suggestion[] {
  return keys.map(({ domain, key, winner }) => ({ value: `${domain}/${key}`, words: winner }));
}
