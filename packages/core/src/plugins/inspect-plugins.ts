import { realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';

import { describeValue } from '../foundation/describe-value.js';
import { findInstalledPackage } from '../security/installed-package.js';

/**
 * `declared`: installed, and it names a plugin module that is there. `not-installed`: no such package can be imported
 * from the project. `undeclared`: its package.json names no plugin, or cannot be read. `entry-invalid`: the module
 * that it names is not there, or not inside the package.
 */
export type PluginState = 'declared' | 'not-installed' | 'undeclared' | 'entry-invalid';

/** What can be said about a configured plugin without loading it. */
export interface PluginReport {
  readonly package: string;
  readonly state: PluginState;
  readonly version: string | null;
  /** The module that its package.json names under `oneiric.plugin`, as it is written. */
  readonly entry: string | null;
}

/** Looks at the packages that a configuration names as plugins, in their order. Nothing of them is run. */
export async function inspectPlugins(
  packages: readonly string[],
  projectDir: string,
): Promise<readonly PluginReport[]> {
  return Promise.all(packages.map((name) => inspectPlugin(name, projectDir)));
}

async function inspectPlugin(name: string, projectDir: string): Promise<PluginReport> {
  const installed = await findInstalledPackage(name, projectDir);
  const report = { package: name, version: null, entry: null };
  if (installed === undefined) return { ...report, state: 'not-installed' };
  const { folder, manifest = {} } = installed;
  const { version, oneiric } = manifest;
  const known = { ...report, version: typeof version === 'string' ? version : null };
  const declared = typeof oneiric === 'object' && oneiric !== null ? oneiric : {};
  const { plugin: entry } = declared as { readonly plugin?: unknown };
  if (entry === undefined) return { ...known, state: 'undeclared' };
  if (typeof entry !== 'string') return { ...known, entry: describeValue(entry), state: 'entry-invalid' };
  const isThere = entry.startsWith('./') && (await isFileInside(folder, entry));
  return { ...known, entry, state: isThere ? 'declared' : 'entry-invalid' };
}

async function isFileInside(folder: string, entry: string): Promise<boolean> {
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(join(folder, entry))]);
    return file.startsWith(root + sep) && (await stat(file)).isFile();
  } catch {
    return false;
  }
}
