import { type CandidateInput, CandidateRegistry } from '@oneiric/core';

import type { Name } from '../harness/names.js';

const factory = (): object => ({});

/** `perKey` candidates for each name, offered by one plugin each; the first of a key wins. */
export function candidatesFor(names: readonly Name[], perKey = 1): CandidateInput[] {
  return Array.from({ length: perKey }, (_, rank) => rank).flatMap((rank) =>
    names.map(({ domain, key }) => ({
      domain,
      key,
      provider: `provider-${rank}`,
      priority: 100 - (rank % 100),
      factory,
    })),
  );
}

/** A registry that holds them. */
export async function filledRegistry(names: readonly Name[], perKey = 1): Promise<CandidateRegistry> {
  const registry = new CandidateRegistry();
  await registry.registerAll(candidatesFor(names, perKey));
  return registry;
}
