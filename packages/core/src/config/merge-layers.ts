import type { CandidateInput } from '../decision/candidate.js';
import type { Selection } from '../decision/selection.js';
import type { ValueOrigin } from '../decision/value-origin.js';
import type { JsonObject } from '../foundation/json.js';
import { PLUGIN_TIMEOUT } from '../plugins/plugin-timeout.js';
import type { ConfigLayer, Sourced } from './config-layer.js';
import { formatPath } from './config-path.js';
import type { LoadedConfig } from './loaded-config.js';
import { offerName } from './offer-name.js';
import { settingsName } from './settings-table.js';
import { mergeSettings, type SettingsEntry, settingsLeaves, showSettings } from './settings-tree.js';

const DEFAULT: ValueOrigin = { kind: 'default' };

export interface MergedLayers extends Pick<LoadedConfig, 'config' | 'origins'> {
  /** By `settingsName`, each merged from what the layers set. */
  readonly settings: ReadonlyMap<string, SettingsEntry>;
}

/** One configuration from layers, lowest first. A later layer replaces single selections and packages, not all of them. */
export function mergeLayers(layers: readonly ConfigLayer[]): MergedLayers {
  const origins = new Map<string, ValueOrigin>([
    ['defaultPriority', DEFAULT],
    ['pluginTimeoutMs', DEFAULT],
  ]);
  const selections: Record<string, Record<string, Pick<Selection, 'provider' | 'policy'>>> = {};
  const stackOrder: Record<string, number> = {};
  const plugins = last(layers, 'plugins', origins);
  const pluginTimeoutMs = last(layers, 'pluginTimeoutMs', origins) ?? PLUGIN_TIMEOUT.default;
  const allowedPackages = last(layers, 'allowedPackages', origins);
  const defaultPriority = last(layers, 'defaultPriority', origins) ?? 0;
  for (const layer of layers) {
    for (const { domain, key, selection } of layer.selections.values()) {
      const { provider, policy, origin } = selection;
      (selections[domain] ??= {})[key] = { provider, policy };
      origins.set(formatPath(['selections', domain, key]), origin);
    }
    for (const [name, { value, origin }] of layer.stackOrder) {
      stackOrder[name] = value;
      origins.set(formatPath(['stackOrder', name]), origin);
    }
  }
  const settings = mergeEntries(layers.flatMap((layer) => layer.settings));
  const shown: Record<string, Record<string, Record<string, JsonObject>>> = {};
  for (const { domain, key, provider, settings: tree } of settings.values()) {
    ((shown[domain] ??= {})[key] ??= {})[provider] = showSettings(tree);
    for (const [path, { place }] of settingsLeaves(tree, ['settings', domain, key, provider]))
      origins.set(formatPath(path), place.origin);
  }
  const candidates = mergeCandidates(layers.map((layer) => layer.candidates));
  const config = {
    selections,
    stackOrder,
    defaultPriority,
    candidates,
    plugins,
    pluginTimeoutMs,
    allowedPackages,
    settings: shown,
  };
  return { config, origins, settings };
}

/** What the last layer that sets it gives for a value, whose origin is noted. */
function last<N extends 'defaultPriority' | 'plugins' | 'pluginTimeoutMs' | 'allowedPackages'>(
  layers: readonly ConfigLayer[],
  name: N,
  origins: Map<string, ValueOrigin>,
): NonNullable<ConfigLayer[N]>['value'] | undefined {
  const given: Sourced<NonNullable<ConfigLayer[N]>['value']> | undefined = layers.findLast(
    (layer) => layer[name] !== undefined,
  )?.[name];
  if (given !== undefined) origins.set(name, given.origin);
  return given?.value;
}

function mergeEntries(entries: readonly SettingsEntry[]): ReadonlyMap<string, SettingsEntry> {
  const byName = new Map<string, SettingsEntry>();
  for (const entry of entries) {
    const name = settingsName(entry);
    const below = byName.get(name);
    const settings = below === undefined ? entry.settings : mergeSettings(below.settings, entry.settings);
    byName.set(name, { ...entry, settings, isWhole: entry.isWhole && below?.isWhole !== false });
  }
  return byName;
}

/** Those of all layers; one that a later layer offers again, from the same source, takes the place of the earlier. */
function mergeCandidates(layers: readonly (readonly CandidateInput[])[]): readonly CandidateInput[] {
  const byName = new Map<unknown, CandidateInput>();
  for (const candidate of layers.flat()) byName.set(offerName(candidate) ?? candidate, candidate);
  return [...byName.values()];
}
