import { describeValue } from '../foundation/describe-value.js';
import { isPackageName } from '../security/package-name.js';
import type { ConfigLayer, Sourced } from './config-layer.js';
import { EXPECTED } from './config-words.js';
import type { LayerReport } from './layer-report.js';
import { readCandidates } from './read-candidates.js';
import { readMap, refuseUnknown } from './read-map.js';
import { readSelections } from './read-selections.js';
import { isPriority, readStackOrder } from './read-stack-order.js';

const SECTIONS = [
  'selections',
  'stackOrder',
  'defaultPriority',
  'candidates',
  'plugins',
  'settings',
  'environments',
];

/** Reads what a layer says. Whatever is wrong goes to `report`; what is right is returned. Never throws. */
export function readConfigValue(value: unknown, report: LayerReport): ConfigLayer {
  const config = readMap(value, [], EXPECTED.config, report);
  refuseUnknown(config, SECTIONS, [], report);
  for (const section of ['settings', 'environments'] as const) {
    if (config[section] === undefined) continue;
    readMap(config[section], [section], EXPECTED[section], report);
    report.notice([section], `${section} are not in force in this version`);
  }
  return {
    selections: readSelections(config['selections'], report),
    stackOrder: readStackOrder(config['stackOrder'], report),
    defaultPriority: readDefaultPriority(config['defaultPriority'], report),
    candidates: readCandidates(config['candidates'], report),
    plugins: readPlugins(config['plugins'], report),
  };
}

function readDefaultPriority(value: unknown, report: LayerReport): Sourced<number> | undefined {
  if (value === undefined) return undefined;
  if (isPriority(value)) return { value, origin: report.originOf(['defaultPriority']) };
  report.wrong(['defaultPriority'], describeValue(value), EXPECTED.priority);
  return undefined;
}

function readPlugins(value: unknown, report: LayerReport): Sourced<readonly string[] | false> | undefined {
  if (value === undefined) return undefined;
  const origin = report.originOf(['plugins']);
  if (value === false) return { value, origin };
  if (!Array.isArray(value)) {
    report.wrong(['plugins'], describeValue(value), EXPECTED.plugins);
    return undefined;
  }
  const names = new Set<string>();
  for (const [index, name] of (value as readonly unknown[]).entries()) {
    const path = ['plugins', index];
    if (!isPackageName(name)) report.wrong(path, describeValue(name), EXPECTED.package);
    else if (names.has(name)) report.wrong(path, `${describeValue(name)} again`, EXPECTED.once);
    else names.add(name);
  }
  if (names.size > 0) report.notice(['plugins'], 'plugins are not loaded in this version');
  return { value: [...names], origin };
}
