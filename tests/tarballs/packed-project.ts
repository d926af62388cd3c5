import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runWell } from '../support/run.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { publicPackages, readManifest, root } from '../support/workspace.js';

export interface PackedProject extends Disposable {
  /** A user's project, outside the repository, that has installed the tarballs. */
  readonly path: string;
  /** By package name. */
  readonly tarballs: ReadonlyMap<string, string>;
}

/** Packs every published package, and installs the tarballs with npm as a user does. */
export async function createPackedProject(): Promise<PackedProject> {
  const folder = createTemporaryFolder('tarballs');
  const path = join(folder.path, 'project');
  mkdirSync(path);

  const tarballs = new Map<string, string>();
  for (const { folder: packageFolder, manifest } of publicPackages) {
    tarballs.set(manifest.name, await pack(packageFolder, join(folder.path, basename(packageFolder))));
  }

  const { devDependencies = {} } = readManifest(root);
  const consumer = {
    name: 'consumer',
    private: true,
    type: 'module',
    dependencies: Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`])),
    devDependencies: { '@types/node': devDependencies['@types/node'] },
  };
  writeFileSync(join(path, 'package.json'), JSON.stringify(consumer));
  await runWell('npm', ['install', '--no-audit', '--no-fund'], { cwd: path });

  return {
    path,
    tarballs,
    [Symbol.dispose]() {
      folder[Symbol.dispose]();
    },
  };
}

/** pnpm and not npm: it replaces `workspace:*` by the version. */
async function pack(packageFolder: string, destination: string): Promise<string> {
  const { packageManager = '' } = readManifest(root);
  await runWell('npx', ['--yes', packageManager, 'pack', '--pack-destination', destination], {
    cwd: packageFolder,
  });
  const [tarball = ''] = readdirSync(destination);
  return join(destination, tarball);
}
