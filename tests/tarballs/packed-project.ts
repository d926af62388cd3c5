import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runWell } from '../support/run.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { publicPackages, readManifest, root } from '../support/workspace.js';

export interface PackedProject extends Disposable {
  /** A user's project, outside the repository, that has installed the tarballs. */
  readonly path: string;
  /** By package name. */
  readonly tarballs: ReadonlyMap<string, string>;
}

/** Packs every published package as `npm run pack` does, and installs the tarballs with npm as a user does. */
export async function createPackedProject(): Promise<PackedProject> {
  const folder = createTemporaryFolder('tarballs');
  const path = join(folder.path, 'project');
  mkdirSync(path);

  const packed = join(folder.path, 'tarballs');
  await runWell(process.execPath, [join(root, 'scripts', 'pack.mjs'), packed], { cwd: root });
  const tarballs = new Map(
    publicPackages.map(({ manifest: { name, version } }) => [
      name,
      join(packed, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`),
    ]),
  );

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
