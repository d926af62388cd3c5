import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runWell } from '../support/run.js';

const packages = join(import.meta.dirname, 'packages');

/** Packs every plugin of `packages/` with npm, as its author does, into the folder `tarballs` of a project. */
export async function packPlugins(project: string): Promise<void> {
  const destination = join(project, 'tarballs');
  mkdirSync(destination, { recursive: true });
  const folders = readdirSync(packages).map((name) => join(packages, name));
  await runWell('npm', ['pack', '--silent', '--pack-destination', destination, ...folders], { cwd: project });
}
