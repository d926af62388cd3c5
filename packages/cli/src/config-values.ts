import type { LayerValue, LoadedConfig, ValueOrigin } from '@oneiric/core';

/** One value of the merged configuration, and what each layer gave for it. */
export interface ConfigValue extends LayerValue {
  /** `selections.adapter.cache` */
  readonly path: string;
  /** Lowest first; the last one counts. */
  readonly layers: readonly (LayerValue & { readonly layer: string })[];
}

const SECTIONS = [
  'environment',
  'defaultPriority',
  'selections',
  'stackOrder',
  'plugins',
  'pluginTimeoutMs',
  'allowedPackages',
  'settings',
  'candidates',
];

/** Every value of a configuration, in the order of its sections. */
export function configValues(loaded: LoadedConfig): readonly ConfigValue[] {
  const { config, origins, layers, environment } = loaded;
  const values: ConfigValue[] = Array.from(layers, ([path, given]) => withLayers(path, given));
  const chosenBy = origins.get('environment');
  if (environment !== undefined && chosenBy !== undefined)
    values.push(withLayers('environment', [{ value: environment, origin: chosenBy }]));
  for (const [index, candidate] of config.candidates.entries()) {
    const { domain, key, provider = 'default', source } = candidate;
    const { file, line, column } = source ?? {};
    const origin: ValueOrigin = { kind: 'config', file, line, column };
    const value = `${domain}/${key} ${provider}`;
    values.push(withLayers(`candidates[${index}]`, [{ value, origin }]));
  }
  const sectionOf = ({ path }: ConfigValue): number => SECTIONS.indexOf(/^\w+/.exec(path)?.[0] ?? '');
  return values.sort((a, b) => sectionOf(a) - sectionOf(b));
}

function withLayers(path: string, given: readonly LayerValue[]): ConfigValue {
  const layers = given.map((each) => ({ ...each, layer: layerOf(each.origin) }));
  const { value = null, origin = { kind: 'default' } } = given.at(-1) ?? {};
  return { path, value, origin, layers };
}

/** The layer that an origin belongs to: `default`, `file`, `environment production`, `variable`, `flag`. */
function layerOf({ kind, path = '' }: ValueOrigin): string {
  if (kind === 'environment') return 'variable';
  if (kind === 'flag' || kind === 'default') return kind;
  const [, plain, quoted] = /^environments(?:\.([\w$-]+)|\["([^"]+)"\])/.exec(path) ?? [];
  const name = plain ?? quoted;
  return name === undefined ? 'file' : `environment ${name}`;
}
