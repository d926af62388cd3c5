import { describeValue } from '../foundation/describe-value.js';
import { isName } from '../foundation/name.js';
import { isPluginTimeout } from '../plugins/plugin-timeout.js';
import { isPackageName } from '../security/package-name.js';
import { type ConfigLayer, EMPTY_LAYER, type Sourced } from './config-layer.js';
import { EXPECTED } from './config-words.js';
import type { ConfigNotice, LayerReport } from './layer-report.js';
import { readCandidates } from './read-candidates.js';
import { type Properties, readMap, refuseUnknown } from './read-map.js';
import { readSelections } from './read-selections.js';
import { readSettings } from './read-settings.js';
import { isPriority, readStackOrder } from './read-stack-order.js';

const SECTIONS: readonly string[] = Object.keys(EMPTY_LAYER);

/** One layer of a file: what stands at its top, or one of its environments. */
export interface ReadLayer {
  readonly layer: ConfigLayer;
  readonly notices: readonly ConfigNotice[];
}

/** Everything that one file says. */
export interface FileLayers {
  readonly base: ReadLayer;
  /** By name, in the order of the file. */
  readonly environments: ReadonlyMap<string, ReadLayer>;
}

/** Reads what a file says, with all of its environments. Whatever is wrong goes to `report`. */
export function readFileLayers(value: unknown, report: LayerReport): FileLayers {
  const config = readMap(value, [], EXPECTED.config, report);
  const { $schema: schema, ...sections } = config;
  if (schema !== undefined && typeof schema !== 'string')
    report.wrong(['$schema'], describeValue(schema), EXPECTED.schema);
  refuseUnknown(sections, [...SECTIONS, 'environments'], [], report);
  const base = { layer: readLayer(config, report), notices: report.notices };
  return { base, environments: readEnvironments(config['environments'], report) };
}

/** Reads what one layer sets. Whatever is wrong goes to `report`; what is right is returned. */
export function readConfigValue(value: unknown, report: LayerReport): ConfigLayer {
  const config = readMap(value, [], EXPECTED.environment, report);
  refuseUnknown(config, SECTIONS, [], report);
  return readLayer(config, report);
}

function readEnvironments(value: unknown, report: LayerReport): ReadonlyMap<string, ReadLayer> {
  const environments = new Map<string, ReadLayer>();
  if (value === undefined) return environments;
  for (const [name, entry] of Object.entries(
    readMap(value, ['environments'], EXPECTED.environments, report),
  )) {
    const path = ['environments', name];
    const own = report.within(path);
    const layer = readConfigValue(entry, own);
    if (isName(name)) environments.set(name, { layer, notices: own.notices });
    else report.wrong(path, describeValue(name), EXPECTED.name, { part: 'key' });
  }
  return environments;
}

function readLayer(config: Properties, report: LayerReport): ConfigLayer {
  return {
    selections: readSelections(config['selections'], report),
    stackOrder: readStackOrder(config['stackOrder'], report),
    defaultPriority: readDefaultPriority(config['defaultPriority'], report),
    candidates: readCandidates(config['candidates'], report),
    plugins: config['plugins'] === false ? off(report) : readPackages(config['plugins'], 'plugins', report),
    pluginTimeoutMs: readPluginTimeout(config['pluginTimeoutMs'], report),
    allowedPackages: readPackages(config['allowedPackages'], 'allowedPackages', report),
    settings: readSettings(config['settings'], report),
  };
}

function readDefaultPriority(value: unknown, report: LayerReport): Sourced<number> | undefined {
  if (value === undefined) return undefined;
  if (isPriority(value)) return { value, origin: report.originOf(['defaultPriority']) };
  report.wrong(['defaultPriority'], describeValue(value), EXPECTED.priority);
  return undefined;
}

function off(report: LayerReport): Sourced<false> {
  return { value: false, origin: report.originOf(['plugins']) };
}

function readPluginTimeout(value: unknown, report: LayerReport): Sourced<number> | undefined {
  if (value === undefined) return undefined;
  if (isPluginTimeout(value)) return { value, origin: report.originOf(['pluginTimeoutMs']) };
  report.wrong(['pluginTimeoutMs'], describeValue(value), EXPECTED.pluginTimeout);
  return undefined;
}

function readPackages(
  value: unknown,
  section: 'plugins' | 'allowedPackages',
  report: LayerReport,
): Sourced<readonly string[]> | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) {
    report.wrong([section], describeValue(value), EXPECTED[section]);
    return undefined;
  }
  const names = new Set<string>();
  for (const [index, name] of (value as readonly unknown[]).entries()) {
    const path = [section, index];
    if (!isPackageName(name)) report.wrong(path, describeValue(name), EXPECTED.package);
    else if (names.has(name)) report.wrong(path, `${describeValue(name)} again`, EXPECTED.once);
    else names.add(name);
  }
  return { value: [...names], origin: report.originOf([section]) };
}
