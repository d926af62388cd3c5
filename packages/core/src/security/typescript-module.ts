import { extname } from 'node:path';

import { forgetModule, loadedModule } from './common-js.js';
import { typescriptEngine } from './typescript-engine.js';

/**
 * Runs TypeScript as a configuration in TypeScript is run. Nothing that was compiled is kept on the disk, because it
 * would be believed the next time.
 *
 * @throws what the module throws; jiti's `ParseError` for what cannot be parsed
 */
export async function runTypeScript(file: string, source: string): Promise<{ readonly exports: unknown }> {
  const engine = await typescriptEngine(file, false);
  const done = engine.evalModule(source, {
    filename: file,
    ext: extname(file),
    async: true,
  }) as Promise<unknown>;
  const begun = loadedModule(file);
  try {
    if (isThenable(begun?.exports)) {
      done.catch(() => undefined);
      throw new TypeError('it exports "then", which makes a promise of the module itself');
    }
    await done;
    return { exports: begun?.exports };
  } catch (error) {
    forgetModule(file);
    throw error;
  }
}

/** The names of all exports are there before the module has run. */
function isThenable(exports: unknown): boolean {
  return typeof exports === 'object' && exports !== null && 'then' in exports;
}
