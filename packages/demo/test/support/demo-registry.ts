import {
  CandidateRegistry,
  createOneiric,
  type CreateOneiricOptions,
  type Key,
  type Oneiric,
  type RegistryOptions,
} from '@oneiric/core';

import config from '../../oneiric.config.js';

/** A registry with the configuration of the demo. */
export async function demoRegistry(
  options: Pick<RegistryOptions, 'platform'> = {},
): Promise<CandidateRegistry> {
  const { candidates = [], selections = {}, stackOrder = {} } = config;
  const registry = new CandidateRegistry({ selections, stackOrder, ...options });
  await registry.registerAll(candidates);
  return registry;
}

/** The demo as it runs, with nothing started yet. */
export function demoOneiric(options: Pick<CreateOneiricOptions, 'lifecycle'> = {}): Promise<Oneiric> {
  return createOneiric({ config, env: {}, ...options });
}

/** An instance that a lifecycle of its own has started, and closes. */
export interface Opened<T> extends AsyncDisposable {
  readonly instance: T;
}

/** A way to start each provider of a key that this platform can run. */
export interface Startable<T> {
  readonly provider: string;
  readonly capabilities: readonly string[];
  readonly open: () => Promise<Opened<T>>;
  /** As `open`, for what has nothing to close. */
  readonly create: () => Promise<T>;
}

export async function startables<T>(key: Key<T>): Promise<readonly Startable<T>[]> {
  const open = async (provider: string): Promise<Opened<T>> => {
    const oneiric = await demoOneiric();
    await oneiric.lifecycle.swap(key, { provider });
    const instance = await oneiric.lifecycle.activate(key);
    return { instance, [Symbol.asyncDispose]: () => oneiric.close() };
  };
  const registry = await demoRegistry();
  return registry
    .explain(key)
    .candidates.filter(({ state }) => state !== 'filtered')
    .map(({ provider, capabilities }) => ({
      provider,
      capabilities,
      open: () => open(provider),
      create: async () => (await open(provider)).instance,
    }));
}
