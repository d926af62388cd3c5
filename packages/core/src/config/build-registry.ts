import type { SelectionInput } from '../decision/selection.js';
import { CandidateRegistry } from '../registry/candidate-registry.js';
import type { RegistryOptions } from '../registry/registry-options.js';
import { type AppliedConfig, rankingDefaultsOf, selectionsOf } from './apply-config.js';
import type { LoadedConfig } from './loaded-config.js';

type BuildRegistryOptions = Pick<RegistryOptions, 'lock' | 'platform'>;

/**
 * A registry with what a configuration says: its selections and stack order, each with its origin, and its
 * candidates, registered in one commit in the order in which they are written. Plugins are not loaded: see
 * `loadProject`.
 *
 * @throws what `registerAll` throws
 */
export async function buildRegistry(
  loaded: LoadedConfig,
  options: Pick<RegistryOptions, 'lock' | 'platform'> = {},
): Promise<CandidateRegistry> {
  const { registry } = await startRegistry(loaded, options);
  return registry;
}

/**
 * As `buildRegistry`, with what it takes to put another configuration in the place of this one. `first` joins the
 * commit, before the configuration's own candidates.
 */
export async function startRegistry(
  loaded: LoadedConfig,
  options: BuildRegistryOptions,
  first: (tx: CandidateRegistry) => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly registry: CandidateRegistry; readonly applied: AppliedConfig }> {
  const selections: Record<string, Record<string, SelectionInput>> = {};
  for (const [, { domain, key, selection }] of selectionsOf(loaded))
    (selections[domain] ??= {})[key] = selection;
  const { projectDir } = loaded;
  const registry = new CandidateRegistry({
    ...options,
    selections,
    ...rankingDefaultsOf(loaded),
    projectDir,
  });
  const receipts = await registry.transaction(async (tx) => {
    await first(tx);
    return tx.registerAll(loaded.config.candidates);
  });
  return { registry, applied: { loaded, receipts } };
}
