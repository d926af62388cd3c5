import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporary-folder.js';
import { publicPackages } from '../support/workspace.js';

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
  const dependencies = Object.fromEntries(
    publicPackages.map(({ manifest }) => [manifest.name, manifest.version]),
  );
  const manifest = { name: 'reader', private: true, type: 'module', dependencies };
  writeFileSync(join(folder.path, 'package.json'), JSON.stringify(manifest));
  return folder;
}
