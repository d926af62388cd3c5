import { dirname } from 'node:path';

import { isObject } from '../registry/read-field.js';
import { isPackageName } from '../security/package-name.js';
import { readManifest } from '../security/installed-package.js';

const KINDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** The packages that the nearest package.json upwards names as dependencies, of all kinds; none where there is none. */
export async function directPackages(projectDir: string): Promise<readonly string[]> {
  for (let at = projectDir; ; at = dirname(at)) {
    const manifest = await readManifest(at);
    if (manifest !== undefined) {
      const names = KINDS.flatMap((kind) => {
        const entries = Object.hasOwn(manifest, kind) ? manifest[kind] : undefined;
        return isObject(entries) ? Object.keys(entries) : [];
      });
      return [...new Set(names.filter(isPackageName))];
    }
    if (dirname(at) === at) return [];
  }
}
