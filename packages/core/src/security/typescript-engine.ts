import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import type { Jiti } from 'jiti';

/**
 * jiti, for the TypeScript around `file`: types are erased, not checked, and line numbers are kept.
 *
 * `cacheFolder`: where it may keep what it has compiled, and finds it again; false for nowhere.
 */
export async function typescriptEngine(file: string, cacheFolder: string | false): Promise<Jiti> {
  const { createJiti } = await import('jiti');
  return createJiti(file, {
    fsCache: cacheFolder,
    // A default export that is missing, or null, is then what it is, and not the module or an error of jiti's own.
    interopDefault: false,
    transformOptions: { retainLines: true },
    alias: ownCopy(file),
  });
}

/** Lets `import { defineConfig } from '@oneiric/core'` work where only the command line is installed. */
function ownCopy(file: string): Record<string, string> {
  try {
    createRequire(file).resolve('@oneiric/core');
    return {};
  } catch {
    return { '@oneiric/core': fileURLToPath(new URL('../index.js', import.meta.url)) };
  }
}
