import type { Candidate, RegistrySnapshot } from '@oneiric/core';

/** The names of a project or a process that can be typed; all empty where it cannot be asked. */
export interface ProjectNames {
  readonly keys: readonly { readonly domain: string; readonly key: string; readonly winner: string }[];
  /** Of the configuration file; none of a process. */
  readonly environments: readonly string[];
  /** Of one key, or of all. */
  providers(name: string | undefined): readonly string[];
  capabilities(name: string | undefined): readonly string[];
}

export const NO_NAMES: ProjectNames = {
  keys: [],
  environments: [],
  providers: () => [],
  capabilities: () => [],
};

export function namesOf(snapshot: RegistrySnapshot, environments: readonly string[]): ProjectNames {
  const keys = snapshot.keys().map(({ domain, key }) => {
    const { winner, question } = snapshot.explain(domain, key);
    return { domain, key, winner: winner?.provider ?? 'nothing wins', candidates: question.facts.candidates };
  });
  const among = (name: string | undefined): readonly Candidate[] => {
    const named = keys.filter(({ domain, key }) => `${domain}/${key}` === name);
    return (named.length === 0 ? keys : named).flatMap(({ candidates }) => candidates);
  };
  return {
    keys,
    environments,
    providers: (name) => unique(among(name).map(({ provider }) => provider)),
    capabilities: (name) => unique(among(name).flatMap(({ capabilities }) => capabilities)),
  };
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
