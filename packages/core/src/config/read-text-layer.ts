import type { ValueOrigin } from '../decision/value-origin.js';
import { describeValue } from '../foundation/describe-value.js';
import type { ConfigLayer } from './config-layer.js';
import { formatPath } from './config-path.js';
import { EXPECTED } from './config-words.js';
import { LayerReport } from './layer-report.js';
import { readConfigValue } from './read-config-value.js';

/** What the environment or the command line sets, as text. */
export interface TextSettings {
  /** `adapter/cache=redis,adapter/queue=bull`, or several of these. */
  readonly selections?: string | readonly string[] | undefined;
  /** `pkgA:20,pkgB:10`, or `pkgA,pkgB`, worth 0, 10, 20, … */
  readonly stackOrder?: string | undefined;
}

/** Where each of them was written: `{ kind: 'environment', variable: 'ONEIRIC_SELECTIONS' }`. */
export type TextOrigins = Readonly<Record<keyof TextSettings, ValueOrigin>>;

/** Reads a layer that is written as text. Its values are checked by the rules of the configuration file. */
export function readTextLayer(
  settings: TextSettings,
  origins: TextOrigins,
): { readonly layer: ConfigLayer; readonly report: LayerReport } {
  const report = new LayerReport('', {
    locate: (path) => {
      const origin = origins[path[0] === 'selections' ? 'selections' : 'stackOrder'];
      return path.length === 1 ? origin : { ...origin, path: formatPath(path) };
    },
    excerpt: () => [],
  });
  const value: Record<string, unknown> = {};
  const { selections = [], stackOrder } = settings;
  const texts = typeof selections === 'string' ? [selections] : selections;
  if (texts.length > 0) value['selections'] = parseSelections(texts.join(), report);
  if (stackOrder !== undefined) value['stackOrder'] = parseStackOrder(stackOrder, report);
  return { layer: readConfigValue(value, report), report };
}

function parseSelections(text: string, report: LayerReport): object {
  const domains = emptyMap<Record<string, string>>();
  for (const entry of text.split(',').map((part) => part.trim())) {
    const [, domain, key, provider] = /^([^/=]+)\/([^/=]+)=([^=]+)$/.exec(entry) ?? [];
    if (domain === undefined || key === undefined || provider === undefined) {
      report.wrong(['selections'], describeValue(entry), EXPECTED.selectionText);
      continue;
    }
    const keys = (domains[domain] ??= emptyMap());
    if (keys[key] === undefined) keys[key] = provider;
    else
      report.wrong(
        ['selections', domain, key],
        `${describeValue(entry)} after ${describeValue(keys[key])}`,
        EXPECTED.selectionOnce,
      );
  }
  return domains;
}

function parseStackOrder(text: string, report: LayerReport): object {
  const entries = text.split(',').map((part) => part.trim());
  if (!entries.some((entry) => entry.includes(':'))) return entries;
  const order = emptyMap<number | string>();
  for (const entry of entries) {
    const colon = entry.lastIndexOf(':');
    const name = entry.slice(0, colon).trim();
    const number = entry.slice(colon + 1).trim();
    if (colon < 0) report.wrong(['stackOrder'], describeValue(entry), EXPECTED.stackTextMixed);
    else if (order[name] !== undefined)
      report.wrong(['stackOrder', name], `${describeValue(name)} again`, EXPECTED.once);
    else order[name] = /^-?\d+$/.test(number) ? Number(number) : number;
  }
  return order;
}

/** A map without a prototype, so that no name means more than itself. */
function emptyMap<V>(): Record<string, V> {
  return Object.create(null) as Record<string, V>;
}
