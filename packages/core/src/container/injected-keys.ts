import type { Candidate } from '../decision/candidate.js';
import type { Key } from '../foundation/key.js';
import { injectedNeeds } from '../dependencies/injected-needs.js';
import { defineKey } from '../registry/define-key.js';

/** One thing that a candidate is given, and under which name. */
export interface InjectedKey {
  readonly name: string;
  readonly key: Key;
}

const known = new WeakMap<Candidate, readonly InjectedKey[]>();
const NOTHING: readonly InjectedKey[] = [];

/** What a candidate is given, in the order in which it writes it. */
export function injectedKeys(candidate: Candidate): readonly InjectedKey[] {
  if (candidate.inject === undefined) return NOTHING;
  let keys = known.get(candidate);
  if (keys === undefined) {
    keys = injectedNeeds(candidate).map(({ parameter, domain, key }) => ({
      name: parameter,
      key: defineKey(domain, key),
    }));
    known.set(candidate, keys);
  }
  return keys;
}
