import { type CandidateInput, CandidateRegistry } from '@oneiric/core';

import type { Name } from '../harness/names.js';

const factory = (): object => ({});

/** `perKey` candidates for each name; the first of a key wins. */
export function candidatesFor(names: readonly Name[], perKey = 1): CandidateInput[] {
  return ranks(perKey).flatMap(({ provider, priority }) =>
    names.map(({ domain, key }) => ({ domain, key, provider, priority, factory })),
  );
}

/** The same, as plugins write them: with capabilities and a version, each provider from a package of its own. */
export function pluginCandidatesFor(names: readonly Name[], perKey = 1): CandidateInput[] {
  return ranks(perKey).flatMap(({ provider, priority }) => {
    const id = `@acme/${provider}`;
    const version = '2.1.0';
    const source = { kind: 'plugin', id, package: id, version } as const;
    const capabilities = ['kv', 'ttl', 'scan'];
    return names.map(({ domain, key }) => ({
      domain,
      key,
      provider,
      priority,
      capabilities,
      version,
      source,
      factory,
    }));
  });
}

function ranks(count: number): readonly { readonly provider: string; readonly priority: number }[] {
  return Array.from({ length: count }, (_, rank) => ({
    provider: `provider-${rank}`,
    priority: 100 - (rank % 100),
  }));
}

/** A registry that holds them. */
export async function filledRegistry(names: readonly Name[], perKey = 1): Promise<CandidateRegistry> {
  const registry = new CandidateRegistry();
  await registry.registerAll(candidatesFor(names, perKey));
  return registry;
}
