import type { JsonObject, JsonValue } from '../foundation/json.js';
import { isSecretName, redactText } from '../security/redact.js';
import type { ConfigPath } from './config-path.js';
import type { ConfigPlace } from './layer-report.js';
import type { SecretReference } from './setting-reference.js';

/** Settings as they are written, with the place of every part; a secret is still a reference. */
export type SettingsNode = SettingsMap | SettingsList | SettingsValue | SettingsSecret;

export interface SettingsMap {
  readonly kind: 'map';
  readonly place: ConfigPlace;
  readonly entries: ReadonlyMap<string, SettingsNode>;
}
export interface SettingsList {
  readonly kind: 'list';
  readonly place: ConfigPlace;
  readonly items: readonly SettingsNode[];
}
export interface SettingsValue {
  readonly kind: 'value';
  readonly place: ConfigPlace;
  readonly value: string | number | boolean | null;
}
export interface SettingsSecret {
  readonly kind: 'secret';
  readonly place: ConfigPlace;
  readonly reference: SecretReference;
}

/** The settings of one provider in one layer. */
export interface SettingsEntry {
  readonly domain: string;
  readonly key: string;
  readonly provider: string;
  readonly settings: SettingsMap;
  /** Whether all of it could be read; otherwise no schema is asked about the rest. */
  readonly isWhole: boolean;
  /** The places of the domain's, the key's and the provider's own name. */
  readonly names: { readonly domain: ConfigPlace; readonly key: ConfigPlace; readonly provider: ConfigPlace };
}

/** `above` over `below`: maps are merged, whatever else is replaced as a whole, lists included. */
export function mergeSettings(below: SettingsMap, above: SettingsMap): SettingsMap {
  const entries = new Map(below.entries);
  for (const [name, node] of above.entries) {
    const known = entries.get(name);
    entries.set(name, known?.kind === 'map' && node.kind === 'map' ? mergeSettings(known, node) : node);
  }
  return { kind: 'map', place: above.place, entries };
}

/** The part at `path`, or the innermost around it that is there, and the rest of the path from there. */
export function nodeAt(
  node: SettingsNode,
  path: ConfigPath,
): { readonly node: SettingsNode; readonly rest: ConfigPath } {
  let at = node;
  for (const [depth, part] of path.entries()) {
    const next = childOf(at, part);
    if (next === undefined) return { node: at, rest: path.slice(depth) };
    at = next;
  }
  return { node: at, rest: [] };
}

function childOf(node: SettingsNode, part: string | number): SettingsNode | undefined {
  if (node.kind === 'map') return node.entries.get(String(part));
  return node.kind === 'list' ? node.items[Number(part)] : undefined;
}

/** Every value that a layer replaces as a whole, with its path from `node`. */
export function* settingsLeaves(
  node: SettingsNode,
  path: ConfigPath = [],
): Generator<[ConfigPath, SettingsNode]> {
  if (node.kind === 'map' && node.entries.size > 0)
    for (const [name, child] of node.entries) yield* settingsLeaves(child, [...path, name]);
  else yield [path, node];
}

const REDACTED = '[redacted]';

/** The settings as they may be shown: a secret as its reference, and no literal that looks like one. */
export function showSettings(node: SettingsMap): JsonObject {
  return showMap(node);
}

function showMap(node: SettingsMap): JsonObject {
  const shown: Record<string, JsonValue> = {};
  for (const [name, child] of node.entries) {
    shown[name] = child.kind !== 'secret' && isSecretName(name) ? showSecret(child) : show(child);
  }
  return Object.freeze(shown);
}

function show(node: SettingsNode): JsonValue {
  switch (node.kind) {
    case 'map':
      return showMap(node);
    case 'list':
      return Object.freeze(node.items.map(show));
    case 'secret':
      return node.reference.text;
    case 'value':
      return typeof node.value === 'string' ? redactText(node.value) : node.value;
    default:
      return node satisfies never;
  }
}

/** What stands under the name of a secret: of its references nothing is hidden, of its literals everything. */
function showSecret(node: SettingsNode): JsonValue {
  switch (node.kind) {
    case 'map': {
      const entries = Array.from(node.entries, ([name, child]) => [name, showSecret(child)] as const);
      return Object.freeze(Object.fromEntries(entries));
    }
    case 'list':
      return Object.freeze(node.items.map(showSecret));
    case 'secret':
      return node.reference.text;
    case 'value':
      return node.value === null || typeof node.value === 'boolean' ? node.value : REDACTED;
    default:
      return node satisfies never;
  }
}
