import { CandidateRegistry, type Key, type RegistryOptions } from '@oneiric/core';

import config from '../../oneiric.config.js';
import { build } from '../../src/tools.js';

/** A registry with the configuration of the demo. */
export async function demoRegistry(
  options: Pick<RegistryOptions, 'platform'> = {},
): Promise<CandidateRegistry> {
  const { candidates = [], selections = {}, stackOrder = {} } = config;
  const registry = new CandidateRegistry({ selections, stackOrder, ...options });
  await registry.registerAll(candidates);
  return registry;
}

/** A way to build each provider of a key that this platform can run. */
export interface Buildable<T> {
  readonly provider: string;
  readonly capabilities: readonly string[];
  readonly create: () => Promise<T>;
}

export async function buildables<T>(key: Key<T>): Promise<readonly Buildable<T>[]> {
  const registry = await demoRegistry();
  return registry
    .explain(key)
    .candidates.filter(({ state }) => state !== 'filtered')
    .map(({ provider, capabilities }) => ({
      provider,
      capabilities,
      create: () => build(registry.require(key, { provider })),
    }));
}
