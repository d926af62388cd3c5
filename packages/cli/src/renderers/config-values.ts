import { formatPlace, type JsonValue, type LoadedConfig, printable, type ValueOrigin } from '@oneiric/core';

import type { ConfigValue } from '../config-values.js';
import { renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';

/** Every value, and where it was set. */
export function configTable(loaded: LoadedConfig, values: readonly ConfigValue[], screen: Screen): string {
  const rows = values.map(({ path, value, origin }) => [
    printable(path),
    printable(placeOf(origin)),
    printable(showValue(value)),
  ]);
  const title = loaded.environment === undefined ? '' : ` in ${loaded.environment}`;
  return `${screen.strong(`The configuration${title}`)}\n\n${renderTable(['PATH', 'SET BY', 'VALUE'], rows, screen)}`;
}

/** For each value, what each layer gave, lowest first, and which counts. */
export function configLayers(values: readonly ConfigValue[], screen: Screen): string {
  return values
    .map(({ path, layers }) => {
      const rows = layers.map(({ layer, value, origin }, index) => [
        index === layers.length - 1 ? `${layer} *` : layer,
        printable(showValue(value)),
        printable(placeOf(origin)),
      ]);
      return `${screen.strong(printable(path))}\n${renderTable(['LAYER', 'VALUE', 'SET BY'], rows, screen)}`;
    })
    .join('\n\n')
    .concat('\n\n* counts: a later layer replaces what an earlier one gave');
}

/** What `config --json` prints. */
export function configJson(
  { environment, environments, config, origins }: LoadedConfig,
  values: readonly ConfigValue[],
): object {
  return {
    schemaVersion: 1,
    environment: environment ?? null,
    environments,
    plugins: config.plugins ?? null,
    pluginsOrigin: origins.get('plugins') ?? null,
    values,
  };
}

function showValue(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function placeOf(origin: ValueOrigin): string {
  return origin.kind === 'default' ? 'default' : formatPlace(origin);
}
