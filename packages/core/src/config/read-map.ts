import { describeValue } from '../foundation/describe-value.js';
import { nearestName } from '../foundation/nearest-name.js';
import type { ConfigPath } from './config-path.js';
import type { LayerReport } from './layer-report.js';

export type Properties = Readonly<Record<string, unknown>>;

/** The properties of a map; none, and a problem, where `value` is something else. Lists and dates are no maps. */
export function readMap(value: unknown, path: ConfigPath, expected: string, report: LayerReport): Properties {
  if (Object.prototype.toString.call(value) === '[object Object]') return value as Properties;
  report.wrong(path, describeValue(value), expected);
  return {};
}

/** A problem for every property that is not in `known`, with the known name that it resembles. */
export function refuseUnknown(
  map: Properties,
  known: readonly string[],
  path: ConfigPath,
  report: LayerReport,
): void {
  for (const name of Object.keys(map)) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    report.wrong([...path, name], `the unknown key ${describeValue(name)}`, `one of ${known.join(', ')}`, {
      part: 'key',
      nearest,
    });
  }
}
