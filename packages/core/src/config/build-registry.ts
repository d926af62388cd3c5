import type { SelectionInput } from '../decision/selection.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import { CandidateRegistry } from '../registry/candidate-registry.js';
import type { RegistryOptions } from '../registry/registry-options.js';
import { formatPath } from './config-path.js';
import type { LoadedConfig } from './loaded-config.js';

/**
 * A registry with what a configuration says: its selections and stack order, each with its origin, and its
 * candidates, registered in one commit in the order in which they are written.
 *
 * @throws what `registerAll` throws
 */
export async function buildRegistry(
  loaded: LoadedConfig,
  options: Pick<RegistryOptions, 'lock' | 'platform'> = {},
): Promise<CandidateRegistry> {
  const { config, origins, projectDir } = loaded;
  const originAt = (...path: string[]): { origin?: ValueOrigin } => {
    const origin = origins.get(formatPath(path));
    return origin === undefined ? {} : { origin };
  };
  const selections = mapValues(config.selections, (keys, domain) =>
    mapValues(keys, (selection, key): SelectionInput => ({
      ...selection,
      ...originAt('selections', domain, key),
    })),
  );
  const stackOrder = mapValues(config.stackOrder, (priority, name) => ({
    priority,
    ...originAt('stackOrder', name),
  }));
  const { origin: defaultPriorityOrigin = { kind: 'default' } } = originAt('defaultPriority');
  const { defaultPriority } = config;
  const registry = new CandidateRegistry({
    ...options,
    selections,
    stackOrder,
    defaultPriority,
    defaultPriorityOrigin,
    projectDir,
  });
  await registry.registerAll(config.candidates);
  return registry;
}

function mapValues<V, W>(
  map: Readonly<Record<string, V>>,
  change: (value: V, name: string) => W,
): Record<string, W> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value, name)]));
}
