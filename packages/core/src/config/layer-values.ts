import type { ValueOrigin } from '../decision/value-origin.js';
import type { JsonValue } from '../foundation/json.js';
import { PLUGIN_TIMEOUT } from '../plugins/plugin-timeout.js';
import type { ConfigLayer, Sourced } from './config-layer.js';
import { formatPath } from './config-path.js';
import { settingsLeaves, showSettings } from './settings-tree.js';

/** What one layer gave for a value, as it may be shown: of a secret the reference. */
export interface LayerValue {
  readonly value: JsonValue;
  readonly origin: ValueOrigin;
}

/**
 * What each layer gives for each value, by its path and lowest first: the last one counts. Candidates, which layers
 * add to each other, are not among them; and an empty map of settings says nothing where a layer below fills it.
 */
export function layerValues(layers: readonly ConfigLayer[]): ReadonlyMap<string, readonly LayerValue[]> {
  const values = new Map<string, LayerValue[]>();
  const add = (path: readonly string[], value: JsonValue, origin: ValueOrigin): void => {
    const name = formatPath(path);
    const known = values.get(name);
    if (known === undefined) values.set(name, [{ value, origin }]);
    else known.push({ value, origin });
  };
  add(['defaultPriority'], 0, { kind: 'default' });
  add(['pluginTimeoutMs'], PLUGIN_TIMEOUT.default, { kind: 'default' });
  for (const layer of layers) {
    for (const { domain, key, selection } of layer.selections.values()) {
      const { provider, policy, origin } = selection;
      add(['selections', domain, key], policy === 'pin' ? provider : { provider, policy }, origin);
    }
    for (const [name, { value, origin }] of layer.stackOrder) add(['stackOrder', name], value, origin);
    for (const name of ['defaultPriority', 'plugins', 'pluginTimeoutMs', 'allowedPackages'] as const) {
      const given: Sourced<JsonValue> | undefined = layer[name];
      if (given !== undefined) add([name], given.value, given.origin);
    }
    for (const { domain, key, provider, settings } of layer.settings) {
      const shown = showSettings(settings);
      const base = ['settings', domain, key, provider];
      for (const [path, { place }] of settingsLeaves(settings)) {
        const parts = path.map(String);
        add([...base, ...parts], valueAt(shown, parts), place.origin);
      }
    }
  }
  return values;
}

function valueAt(value: JsonValue, path: readonly string[]): JsonValue {
  let at: JsonValue = value;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) break;
    at = (at as Readonly<Record<string, JsonValue>>)[part] ?? null;
  }
  return at;
}
