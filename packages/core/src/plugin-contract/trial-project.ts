import { copyFile, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { findInstalledPackage } from '../security/installed-package.js';
import { declaredDependencies, type InspectedPackage } from './inspect-package.js';

/** A project in a temporary folder in which a plugin is installed as npm would install it. */
export interface TrialProject extends AsyncDisposable {
  readonly path: string;
  /** The package of the plugin, with the files that npm packs and no others. */
  readonly packageFolder: string;
}

/**
 * Installs a package from its folder: copies what is packed, and puts links to its declared dependencies beside it, so
 * that neither a file nor a package is there that its users would not have. `coreFolder` is the host's @oneiric/core.
 */
export async function createTrialProject(
  folder: string,
  { name, manifest }: InspectedPackage,
  files: readonly string[],
  coreFolder: string,
): Promise<TrialProject> {
  const path = await realpath(await mkdtemp(join(tmpdir(), 'oneiric-contract-')));
  const modules = join(path, 'node_modules');
  const packageFolder = join(modules, name);
  for (const file of files) {
    await mkdir(dirname(join(packageFolder, file)), { recursive: true });
    await copyFile(join(folder, file), join(packageFolder, file));
  }
  await link(coreFolder, join(modules, '@oneiric', 'core'));
  for (const dependency of declaredDependencies(manifest)) {
    if (dependency === '@oneiric/core') continue;
    const installed = await findInstalledPackage(dependency, folder);
    if (installed !== undefined) await link(await realpath(installed.folder), join(modules, dependency));
  }
  const project = { name: 'trial', private: true, type: 'module', dependencies: { [name]: '*' } };
  await writeFile(join(path, 'package.json'), JSON.stringify(project));
  return {
    path,
    packageFolder,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
    },
  };
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // The kind of link that Windows lets everybody make.
  await symlink(target, path, 'junction');
}
