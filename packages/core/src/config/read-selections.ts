import type { Selection } from '../decision/selection.js';
import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import { nearestName } from '../foundation/nearest-name.js';
import type { SelectedProvider } from './config-layer.js';
import type { ConfigPath } from './config-path.js';
import { EXPECTED } from './config-words.js';
import type { LayerReport } from './layer-report.js';
import { readMap, refuseUnknown } from './read-map.js';

const PROPERTIES = ['provider', 'policy'];
const POLICIES: readonly Selection['policy'][] = ['pin', 'prefer'];

/** Reads `{ domain: { key: provider | { provider, policy } } }`, by `domain/key`. */
export function readSelections(value: unknown, report: LayerReport): ReadonlyMap<string, SelectedProvider> {
  const selections = new Map<string, SelectedProvider>();
  if (value === undefined) return selections;
  for (const [domain, keys] of Object.entries(readMap(value, ['selections'], EXPECTED.selections, report))) {
    const domainPath = ['selections', domain];
    if (!isName(domain)) report.wrong(domainPath, describeValue(domain), EXPECTED.name, { part: 'key' });
    for (const [key, entry] of Object.entries(readMap(keys, domainPath, EXPECTED.selectionKeys, report))) {
      const path = [...domainPath, key];
      if (!isName(key)) report.wrong(path, describeValue(key), EXPECTED.name, { part: 'key' });
      const selection = readSelection(entry, path, report);
      if (selection !== undefined && isName(domain) && isName(key))
        selections.set(`${domain}/${key}`, { domain, key, selection });
    }
  }
  return selections;
}

function readSelection(value: unknown, path: ConfigPath, report: LayerReport): Selection | undefined {
  const short = typeof value === 'string';
  const map = short ? { provider: value } : readMap(value, path, EXPECTED.selection, report);
  if (Object.keys(map).length === 0) return undefined;
  refuseUnknown(map, PROPERTIES, path, report);
  const { provider, policy = 'pin' } = map as { provider?: unknown; policy?: unknown };
  if (!isPolicy(policy)) {
    const nearest = typeof policy === 'string' ? nearestName(policy, POLICIES) : undefined;
    report.wrong([...path, 'policy'], describeValue(policy), EXPECTED.policy, { nearest });
  } else if (isName(provider)) {
    return { provider, policy, origin: report.originOf(path) };
  }
  if (!isName(provider))
    report.wrong(short ? path : [...path, 'provider'], describeValue(provider), EXPECTED.name);
  return undefined;
}

function isPolicy(value: unknown): value is Selection['policy'] {
  return POLICIES.some((policy) => policy === value);
}
