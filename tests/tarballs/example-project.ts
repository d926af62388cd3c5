import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runWell } from '../support/run.js';
import { root } from '../support/workspace.js';

type Dependencies = Readonly<Record<string, string>>;

interface Manifest {
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
}

/** Copies a project of `examples/` to `path` as a reader does, with the tarballs in place of what is on no registry. */
export async function installExample(
  name: string,
  path: string,
  tarballs: ReadonlyMap<string, string>,
): Promise<void> {
  const isSource = (file: string): boolean => !['node_modules', 'dist', 'data'].includes(basename(file));
  cpSync(join(root, 'examples', name), path, { recursive: true, filter: isSource });
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8')) as Manifest;
  const withTarballs = (dependencies: Dependencies): Dependencies =>
    Object.fromEntries(
      Object.entries(dependencies).map(([dependency, version]) => {
        const tarball = tarballs.get(dependency);
        return [dependency, tarball === undefined ? version : `file:${tarball}`];
      }),
    );
  const { dependencies = {}, devDependencies = {} } = manifest;
  const installed = {
    ...manifest,
    dependencies: withTarballs(dependencies),
    devDependencies: withTarballs(devDependencies),
  };
  writeFileSync(join(path, 'package.json'), JSON.stringify(installed, null, 2));
  await runWell('npm', ['install', '--install-links', '--no-audit', '--no-fund'], {
    cwd: path,
  });
}
