import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { mapBounded } from '../foundation/map-bounded.js';
import { readManifest } from '../security/installed-package.js';
import { isPackageName } from '../security/package-name.js';
import { projectPackages } from '../security/project-packages.js';
import type { OfferedName } from './offered-name.js';
import { byName, FILES_AT_A_TIME } from './plan-plugins.js';
import { readPluginManifest } from './plugin-manifest.js';
import { readProjectDir } from './plugin-options.js';

/** An installed package that declares a plugin. */
export interface DiscoveredPlugin {
  readonly package: string;
  readonly version: string | null;
  /** The module that its package.json names under `oneiric.plugin`, as it is written. */
  readonly entry: string;
  /** Whether the project names the package as a dependency itself: such plugins are loaded by default. */
  readonly direct: boolean;
  /** What it says that it offers; what it does offer is known once it is loaded. */
  readonly provides: readonly OfferedName[];
}

/**
 * Finds the packages that code in the project could import and that declare a plugin, in the order of their names.
 * Looks at every package.json in `node_modules` there and above, and runs nothing. What is unreadable declares nothing.
 *
 * @throws `ONEIRIC_PLUGIN_OPTION_INVALID`
 */
export async function discoverPlugins(projectDir: string): Promise<readonly DiscoveredPlugin[]> {
  const folder = readProjectDir(projectDir);
  const direct = new Set((await projectPackages(folder)).direct);
  const folders = await installedFolders(folder);
  const found = await mapBounded(
    [...folders],
    FILES_AT_A_TIME,
    async ([name, folder]): Promise<readonly DiscoveredPlugin[]> => {
      const { version, entry, provides } = readPluginManifest(await readManifest(folder));
      return entry === null ? [] : [{ package: name, version, entry, direct: direct.has(name), provides }];
    },
  );
  return found.flat().sort((a, b) => byName(a.package, b.package));
}

/** The folder of each package, the nearest where there are several. */
async function installedFolders(projectDir: string): Promise<ReadonlyMap<string, string>> {
  const folders = new Map<string, string>();
  const add = (name: string, folder: string): void => {
    if (isPackageName(name) && !folders.has(name)) folders.set(name, folder);
  };
  for (let at = projectDir; ; at = dirname(at)) {
    const modules = join(at, 'node_modules');
    for (const name of await namesIn(modules)) {
      if (!name.startsWith('@')) add(name, join(modules, name));
      else
        for (const scoped of await namesIn(join(modules, name)))
          add(`${name}/${scoped}`, join(modules, name, scoped));
    }
    if (dirname(at) === at) return folders;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
