import { nearestName } from '../foundation/nearest-name.js';
import type { Contest } from './contest.js';
import type { KeyFacts, World } from './question.js';

/** A name in the question that names nothing, and the nearest name that does. */
export interface UnknownName {
  /** What it was meant to name. A `key` is given in full: `adapter/cache`. */
  readonly kind: 'domain' | 'key' | 'provider' | 'capability' | 'selection';
  readonly name: string;
  readonly nearest: string | null;
}

/** Every name in the question, or in the selection that binds it, that names nothing. */
export function unknownNames({ facts, request, rank, world }: Contest): readonly UnknownName[] {
  const { domain, key, candidates } = facts;
  const found: UnknownName[] = [];
  const note = (kind: UnknownName['kind'], name: string, nearest: string | undefined): void => {
    found.push(Object.freeze({ kind, name, nearest: nearest ?? null }));
  };

  if (candidates.length === 0) {
    const isOffered = (world.factsOf(domain, key)?.candidates.length ?? 0) > 0;
    if (isOffered) return Object.freeze([]);
    const domains = [...world.domains()];
    const isKnown = domains.includes(domain);
    const likely = isKnown ? domain : nearestName(domain, domains);
    if (!isKnown) note('domain', domain, likely);
    note('key', `${domain}/${key}`, nearestKey(facts, likely, domains, world));
    return Object.freeze(found);
  }

  const providers = new Set(candidates.map(({ provider }) => provider));
  if (request.provider !== null && !providers.has(request.provider)) {
    note('provider', request.provider, nearestName(request.provider, providers));
  }
  const capabilities = new Set(candidates.flatMap((candidate) => candidate.capabilities));
  for (const capability of request.capabilities) {
    if (!capabilities.has(capability)) note('capability', capability, nearestName(capability, capabilities));
  }
  if (rank.selected !== null && !providers.has(rank.selected)) {
    note('selection', rank.selected, nearestName(rank.selected, providers));
  }
  return Object.freeze(found);
}

/** Of the likely domain the same key or the one with the nearest name, else the same key of another domain. */
function nearestKey(
  { domain, key }: KeyFacts,
  likely: string | undefined,
  domains: readonly string[],
  world: World,
): string | undefined {
  if (likely !== undefined) {
    const keys = new Set(world.keysOf(likely));
    const nearest = likely !== domain && keys.has(key) ? key : nearestName(key, keys);
    if (nearest !== undefined) return `${likely}/${nearest}`;
  }
  const others = domains.filter((other) => other !== domain && other !== likely).sort();
  const home = others.find((other) => (world.factsOf(other, key)?.candidates.length ?? 0) > 0);
  return home === undefined ? undefined : `${home}/${key}`;
}
