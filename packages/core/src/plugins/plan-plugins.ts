import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

import { mapBounded } from '../foundation/map-bounded.js';
import { findInstalledPackage, type InstalledPackage } from '../security/installed-package.js';
import { projectPackages } from '../security/project-packages.js';
import type { OfferedName } from './offered-name.js';
import { findMisfit, type Misfit, type PluginPlatform } from './plugin-fit.js';
import { type PluginManifest, readPluginManifest } from './plugin-manifest.js';

/** How many packages are looked at together. */
export const FILES_AT_A_TIME = 32;

/** A package that brings a plugin, or should: what is to become of it, decided before anything of it is imported. */
export interface PlannedPlugin {
  readonly package: string;
  readonly version: string | null;
  readonly entry: string | null;
  /** Its folder, without links; null where it is not installed. */
  readonly folder: string | null;
  readonly provides: readonly OfferedName[];
  /** What is wrong with its package.json and keeps it from nothing; null where nothing is. */
  readonly remark: string | null;
  /** Whether its package.json says anything about a plugin, or cannot be read: it should not go away in silence. */
  readonly isMeant: boolean;
  /** Why it is not imported; null where it is. */
  readonly misfit: Misfit | null;
}

/**
 * What is to be loaded in a project, in the order of the packages' names: of `plugins` each, or where that is undefined,
 * of the direct dependencies those whose package.json says anything about a plugin, or cannot be read. Looks at files, and
 * runs nothing.
 */
export async function planPlugins(
  projectDir: string,
  plugins: readonly string[] | false | undefined,
  platform: PluginPlatform,
): Promise<readonly PlannedPlugin[]> {
  if (plugins === false) return [];
  const names = [...new Set(plugins ?? (await projectPackages(projectDir)).direct)].sort(byName);
  const planned = await mapBounded(names, FILES_AT_A_TIME, (name) => planPlugin(name, projectDir, platform));
  return plugins === undefined ? planned.filter(({ isMeant }) => isMeant) : planned;
}

/** Is there any plugin that a project wants, whether or not it can be loaded? */
export async function wantsPlugins(
  projectDir: string,
  plugins: readonly string[] | false | undefined,
): Promise<boolean> {
  if (plugins !== undefined) return plugins !== false && plugins.length > 0;
  for (const name of (await projectPackages(projectDir)).direct) {
    const installed = await findInstalledPackage(name, projectDir);
    if (installed !== undefined && isMeantAsPlugin(installed)) return true;
  }
  return false;
}

/** In the order of code units, the same on every machine. */
export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What is to become of one package. */
export async function planPlugin(
  name: string,
  projectDir: string,
  platform: PluginPlatform,
): Promise<PlannedPlugin> {
  const installed = await findInstalledPackage(name, projectDir);
  if (installed === undefined) {
    const unknown = { version: null, entry: null, folder: null, provides: [], remark: null };
    return {
      package: name,
      ...unknown,
      isMeant: false,
      misfit: refused('NOT_INSTALLED', 'it is not installed'),
    };
  }
  const manifest = readPluginManifest(installed.manifest);
  const { version, entry, provides, remark } = manifest;
  const folder = await realpath(installed.folder);
  const misfit =
    installed.manifest === undefined
      ? refused('MANIFEST_INVALID', 'its package.json cannot be read', 'a JSON object')
      : ((await findWrongEntry(manifest, folder)) ?? findMisfit(manifest, platform) ?? null);
  const isMeant = isMeantAsPlugin(installed);
  return { package: name, version, entry, folder, provides, remark, isMeant, misfit };
}

/** Of a package whose package.json cannot be read nobody knows. */
function isMeantAsPlugin({ manifest }: InstalledPackage): boolean {
  return manifest === undefined || readPluginManifest(manifest).isMeant;
}

async function findWrongEntry(
  { entry, isEntryPath }: PluginManifest,
  folder: string,
): Promise<Misfit | undefined> {
  if (entry === null) return refused('UNDECLARED', 'its package.json has no "oneiric": { "plugin": "./…" }');
  if (isEntryPath && (await isFileInside(folder, entry))) return undefined;
  const found = `its package.json names ${entry}, which is no file of it`;
  return refused('ENTRY_INVALID', found, 'a file of it, as "./plugin.js"');
}

function refused(reason: Misfit['reason'], detail: string, broken?: string): Misfit {
  return { reason, detail, platform: undefined, ...(broken === undefined ? {} : { broken }) };
}

async function isFileInside(folder: string, entry: string): Promise<boolean> {
  try {
    const file = await realpath(join(folder, entry));
    return file.startsWith(folder + sep) && (await stat(file)).isFile();
  } catch {
    return false;
  }
}
