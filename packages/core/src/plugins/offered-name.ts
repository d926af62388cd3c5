import { isName } from '../foundation/name.js';
import { attempt, isObject } from '../registry/read-field.js';

/** What a candidate is called. */
export interface OfferedName {
  readonly domain: string;
  readonly key: string;
  readonly provider: string;
}

/**
 * The names among what a plugin says that it offers, each once and in order: of candidates, valid or not, or of
 * `provides` in its package.json. What has no valid name cannot be shown under one, and is passed over.
 */
export function offeredNames(values: Iterable<unknown>): readonly OfferedName[] {
  const names = new Map<string, OfferedName>();
  for (const value of values) {
    const name = attempt(() => readName(value));
    if (name !== undefined) names.set(JSON.stringify(Object.values(name)), name);
  }
  return [...names.values()];
}

function readName(value: unknown): OfferedName | undefined {
  if (!isObject(value)) return undefined;
  const { domain, key, provider = 'default' } = value;
  return isName(domain) && isName(key) && isName(provider) ? { domain, key, provider } : undefined;
}
