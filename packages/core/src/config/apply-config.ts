import { isDeepStrictEqual } from 'node:util';

import type { Selection } from '../decision/selection.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import type { CandidateRegistry } from '../registry/candidate-registry.js';
import type { Registration } from '../registry/registration.js';
import type { RegistryOptions } from '../registry/registry-options.js';
import { formatPath } from './config-path.js';
import type { LoadedConfig } from './loaded-config.js';
import { offerName } from './offer-name.js';

/** A configuration that is in force in a registry. */
export interface AppliedConfig {
  readonly loaded: LoadedConfig;
  /** For each of its candidates. */
  readonly receipts: readonly Registration[];
}

/** Puts a configuration in the place of another, in one commit or not at all. */
export function applyConfig(
  registry: CandidateRegistry,
  before: AppliedConfig,
  loaded: LoadedConfig,
): Promise<AppliedConfig> {
  return registry.transaction(async (tx) => {
    await tx.setRankingDefaults(rankingDefaultsOf(loaded));
    const kept = new Set(loaded.config.candidates.map(offerName));
    for (const [index, receipt] of before.receipts.entries()) {
      const candidate = before.loaded.config.candidates[index];
      const name = candidate === undefined ? undefined : offerName(candidate);
      if (name === undefined || !kept.has(name)) await receipt.unregister();
    }
    const receipts = await tx.registerAll(loaded.config.candidates);
    await applySelections(tx, before.loaded, loaded);
    return { loaded, receipts };
  });
}

/** What a program has selected itself in the meantime stays, unless the configuration says something new about it. */
async function applySelections(
  tx: CandidateRegistry,
  before: LoadedConfig,
  after: LoadedConfig,
): Promise<void> {
  const known = new Map(selectionsOf(before));
  for (const [name, { domain, key, selection }] of selectionsOf(after)) {
    const previous = known.get(name)?.selection;
    known.delete(name);
    const isSaidBefore = previous?.provider === selection.provider && previous.policy === selection.policy;
    const current = tx.explain(domain, key).selection?.origin;
    if (!isSaidBefore || isDeepStrictEqual(current, previous.origin)) await tx.select(domain, key, selection);
  }
  for (const { domain, key } of known.values()) await tx.clearSelection(domain, key);
}

interface NamedSelection {
  readonly domain: string;
  readonly key: string;
  readonly selection: Selection;
}

/** Every selection of a configuration, with its origin. */
export function* selectionsOf({ config, origins }: LoadedConfig): Generator<[string, NamedSelection]> {
  for (const [domain, keys] of Object.entries(config.selections)) {
    for (const [key, { provider, policy }] of Object.entries(keys)) {
      const origin = origins.get(formatPath(['selections', domain, key])) ?? { kind: 'default' };
      yield [`${domain}/${key}`, { domain, key, selection: { provider, policy, origin } }];
    }
  }
}

type RankingOptions = Required<
  Pick<RegistryOptions, 'stackOrder' | 'defaultPriority' | 'defaultPriorityOrigin'>
>;

/** The stack order and the default priority of a configuration, with their origins. */
export function rankingDefaultsOf({ config, origins }: LoadedConfig): RankingOptions {
  const originAt = (path: readonly string[]): { readonly origin?: ValueOrigin } => {
    const origin = origins.get(formatPath(path));
    return origin === undefined ? {} : { origin };
  };
  const order = Object.entries(config.stackOrder).map(
    ([name, priority]) => [name, { priority, ...originAt(['stackOrder', name]) }] as const,
  );
  return {
    stackOrder: Object.fromEntries(order),
    defaultPriority: config.defaultPriority,
    defaultPriorityOrigin: originAt(['defaultPriority']).origin ?? { kind: 'default' },
  };
}
