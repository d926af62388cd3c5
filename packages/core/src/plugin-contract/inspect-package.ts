import { realpath, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

import satisfies from 'semver/functions/satisfies.js';
import validRange from 'semver/ranges/valid.js';

import { isObject, isText } from '../registry/read-field.js';
import { readManifest } from '../security/installed-package.js';
import type { Breach, Breaches, ContractRuleId } from './contract-rules.js';

/** A package as it stands in its folder, before anything of it is run. */
export interface InspectedPackage {
  /** Its name; where it has none, that of its folder. */
  readonly name: string;
  readonly manifest: Readonly<Record<string, unknown>>;
  /** The module of the plugin, relative to the folder, with `/`; null where there is none that can be imported. */
  readonly entry: string | null;
  readonly breaches: Breaches;
}

const CORE = '@oneiric/core';
const LISTS = ['dependencies', 'optionalDependencies', 'peerDependencies'] as const;

/** Looks at what a package says of itself, with the version of @oneiric/core that is looking. */
export async function inspectPackage(folder: string, coreVersion: string): Promise<InspectedPackage> {
  const manifest = await readManifest(folder);
  const breaches = new Map<ContractRuleId, Breach>();
  const where = 'package.json';
  if (manifest === undefined) {
    breaches.set('declared', { where: folder, found: 'no package.json that can be read' });
    return { name: folder, manifest: {}, entry: null, breaches };
  }
  const { name } = manifest;
  const entry = await findEntry(folder, manifest, (rule, breach) => breaches.set(rule, breach));
  const lists = new Map(LISTS.map((list) => [list, rangeIn(manifest[list])]));
  const owned = LISTS.slice(0, 2).find((list) => lists.get(list) !== undefined);
  const range = lists.get('peerDependencies');
  if (owned !== undefined) breaches.set('core-peer', { where: `${where}: ${owned}`, found: CORE });
  else if (range === undefined) {
    breaches.set('core-peer', { where: `${where}: peerDependencies`, found: `no ${CORE}` });
  } else if (!takesIn(range, coreVersion)) {
    const found = `${JSON.stringify(range)}, and this is ${coreVersion}`;
    breaches.set('core-range', { where: `${where}: peerDependencies.${CORE}`, found });
  }
  return { name: isText(name) ? name : folder, manifest, entry, breaches };
}

/** Everything that is installed together with a package. */
export function declaredDependencies(manifest: Readonly<Record<string, unknown>>): readonly string[] {
  return LISTS.flatMap((list) => {
    const entries = manifest[list];
    return isObject(entries) ? Object.keys(entries) : [];
  });
}

async function findEntry(
  folder: string,
  { oneiric, type }: Readonly<Record<string, unknown>>,
  blame: (rule: ContractRuleId, breach: Breach) => void,
): Promise<string | null> {
  const plugin = isObject(oneiric) ? oneiric['plugin'] : undefined;
  const where = 'package.json: oneiric.plugin';
  if (!isText(plugin)) {
    blame('declared', { where, found: plugin === undefined ? 'nothing' : JSON.stringify(plugin) });
    return null;
  }
  const entry = plugin.startsWith('./') ? await fileInside(folder, plugin) : undefined;
  if (entry === undefined) {
    blame('entry', { where, found: `${JSON.stringify(plugin)}, which is no file of the package` });
    return null;
  }
  if (entry.endsWith('.mjs') || (entry.endsWith('.js') && type === 'module')) return entry;
  const found = entry.endsWith('.js') ? '.js without "type": "module"' : `the ending of ${entry}`;
  blame('format', { where, found });
  return null;
}

/** The path of a file inside a folder, relative to it and without links; undefined where it is not there. */
async function fileInside(folder: string, path: string): Promise<string | undefined> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, path))]);
    if (!file.startsWith(root + sep) || !(await stat(file)).isFile()) return undefined;
    return relative(root, file).replaceAll(sep, '/');
  } catch {
    return undefined;
  }
}

function rangeIn(list: unknown): string | undefined {
  const range = isObject(list) ? list[CORE] : undefined;
  return typeof range === 'string' ? range : undefined;
}

/** A range of another protocol (`workspace:^`) is replaced when the package is published. */
function takesIn(range: string, version: string): boolean {
  const plain = range.replace(/^workspace:/, '');
  if (['*', '^', '~'].includes(plain)) return true;
  return validRange(plain) !== null && satisfies(version, plain, { includePrerelease: true });
}
