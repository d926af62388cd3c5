import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Jiti } from 'jiti';

import { isTypeScript } from '../security/find-syntax-error.js';
import { importedFiles } from '../security/imported-files.js';
import { typescriptEngine } from '../security/typescript-engine.js';

/**
 * Imports a configuration module. JavaScript goes through Node's own `import()`. TypeScript goes through jiti,
 * and with it the TypeScript modules that it imports; types are erased, not checked, and line numbers are kept.
 *
 * `isAnew`: runs it although it ran before. TypeScript runs with what it brought in before and what it imports by
 * relative paths, except what packages have; what JavaScript imports stays as it was, because Node keeps that for good.
 */
export async function importModule(
  file: string,
  { isAnew }: { readonly isAnew: boolean },
): Promise<Readonly<Record<string, unknown>>> {
  if (!isTypeScript(file)) {
    const { href } = pathToFileURL(file);
    return (await import(isAnew ? `${href}?anew=${String(++reloads)}` : href)) as Record<string, unknown>;
  }
  const jiti = await createLoader(file);
  const { cache } = createRequire(file);
  if (isAnew) await forget(file, cache);
  const before = new Set(Object.keys(cache));
  try {
    return await jiti.import<Record<string, unknown>>(file);
  } finally {
    const added = Object.keys(cache).filter((name) => !before.has(name) && !name.includes('node_modules'));
    broughtIn.set(file, new Set([...(broughtIn.get(file) ?? []), ...added]));
  }
}

let reloads = 0;

/** What loading a TypeScript configuration has added to the modules that Node keeps, by its path. */
const broughtIn = new Map<string, ReadonlySet<string>>();

/** jiti keeps modules where `require` does. Those that only the program has loaded stay: it may hold state in them. */
async function forget(file: string, cache: object): Promise<void> {
  const names = new Set(broughtIn.get(file));
  for await (const { file: name, source } of importedFiles(file))
    if (source !== undefined) names.add(name).add(await realpath(name).catch(() => name));
  for (const name of names) Reflect.deleteProperty(cache, name);
}

function createLoader(file: string): Promise<Jiti> {
  return typescriptEngine(file, cacheFolder(dirname(file)));
}

/** The project's own `node_modules`; never a folder that other users of the machine can write to. */
function cacheFolder(folder: string): string | false {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules'))) return join(at, 'node_modules', '.cache', 'oneiric');
    if (dirname(at) === at) return false;
  }
}
