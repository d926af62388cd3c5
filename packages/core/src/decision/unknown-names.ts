import { nearestName } from '../foundation/nearest-name.js';
import type { Contest } from './contest.js';

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
    const domains = [...world.domains()];
    const isKnown = domains.includes(domain);
    const likely = isKnown ? domain : nearestName(domain, domains);
    if (!isKnown) note('domain', domain, likely);
    note('key', `${domain}/${key}`, nearestKey(key, likely, domains, world.keysOf.bind(world)));
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

/** A key of the likely domain with that or the nearest name, else the same key of another domain. */
function nearestKey(
  key: string,
  likely: string | undefined,
  domains: readonly string[],
  keysOf: (domain: string) => Iterable<string>,
): string | undefined {
  if (likely !== undefined) {
    const keys = new Set(keysOf(likely));
    const nearest = keys.has(key) ? key : nearestName(key, keys);
    if (nearest !== undefined) return `${likely}/${nearest}`;
  }
  const elsewhere = domains.filter((domain) => domain !== likely).sort();
  const home = elsewhere.find((domain) => [...keysOf(domain)].includes(key));
  return home === undefined ? undefined : `${home}/${key}`;
}
