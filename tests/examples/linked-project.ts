import { chmodSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { publicPackages, root } from '../support/workspace.js';

/** What an application brings itself for `@oneiric/core/container`. */
const PEERS = ['inversify', 'reflect-metadata'];

/** A reader's project outside the repository whose packages are links into the checkout. */
export function createLinkedProject(): TemporaryFolder {
  const folder = createTemporaryFolder('examples');
  const modules = join(folder.path, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  mkdirSync(join(modules, '@oneiric'));
  for (const { folder: target, manifest } of publicPackages) {
    symlinkSync(target, join(modules, manifest.name), 'junction');
    for (const [command, file] of Object.entries(manifest.bin ?? {})) {
      chmodSync(join(target, file), 0o755);
      symlinkSync(join(target, file), join(modules, '.bin', command));
    }
  }
  for (const peer of PEERS) {
    const installed = realpathSync(join(root, 'packages/core/node_modules', peer));
    symlinkSync(installed, join(modules, peer), 'junction');
  }
  const dependencies = Object.fromEntries(
    publicPackages.map(({ manifest }) => [manifest.name, manifest.version]),
  );
  const manifest = { name: 'reader', private: true, type: 'module', dependencies };
  writeFileSync(join(folder.path, 'package.json'), JSON.stringify(manifest));
  return folder;
}
