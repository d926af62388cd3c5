import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * @typedef {object} Manifest
 * @property {string} name
 * @property {string} version
 * @property {boolean} [private]
 * @property {string} packageManager of the root only
 */

/**
 * @param {string} folder relative to the root
 * @returns {Manifest}
 */
export function readManifest(folder) {
  return /** @type {Manifest} */ (JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));
}

/** Folders of the workspace that hold a package, relative to the root: `packages/core`, …, `tests`, `bench`. */
export function packageFolders() {
  const inside = readdirSync(join(root, 'packages')).map((name) => `packages/${name}`);
  return [...inside.sort(), 'tests', 'bench'].filter((folder) =>
    existsSync(join(root, folder, 'package.json')),
  );
}

/** Those of them that are published. */
export function publicPackageFolders() {
  return packageFolders().filter((folder) => readManifest(folder).private !== true);
}
