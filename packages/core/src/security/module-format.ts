import { basename, dirname, extname } from 'node:path';

import { hasManifest, readManifest } from './installed-package.js';

/** `unsaid`: its package.json has no `type`; what the bytes are decides, as it does for Node. */
export type ModuleFormat = 'module' | 'commonjs' | 'unsaid' | 'typescript';

const BY_EXTENSION: Readonly<Record<string, ModuleFormat>> = {
  '.mjs': 'module',
  '.cjs': 'commonjs',
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
};

export const KNOWN_EXTENSIONS: readonly string[] = ['.js', ...Object.keys(BY_EXTENSION)];

/** What a file with one of these extensions is run as. */
export async function moduleFormat(file: string): Promise<ModuleFormat> {
  const extension = extname(file);
  if (extension !== '.js') return BY_EXTENSION[extension] ?? 'unsaid';
  for (let folder = dirname(file); basename(folder) !== 'node_modules'; folder = dirname(folder)) {
    if (await hasManifest(folder)) {
      const type = (await readManifest(folder))?.['type'];
      return type === 'module' || type === 'commonjs' ? type : 'unsaid';
    }
    if (folder === dirname(folder)) break;
  }
  return 'unsaid';
}
