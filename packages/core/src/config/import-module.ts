import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { Jiti } from 'jiti';

/**
 * Imports a configuration module. JavaScript goes through Node's own `import()`. TypeScript goes through jiti,
 * and with it the TypeScript modules that it imports; types are erased, not checked, and line numbers are kept.
 *
 * `isAnew`: runs it although it ran before, with the TypeScript that it imports; JavaScript that it imports stays as
 * it was, because Node keeps modules for good.
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
  if (isAnew) forgetTypeScript(file);
  return jiti.import<Record<string, unknown>>(file);
}

/** Why a module cannot be parsed, and where; the line and column count from 1. */
export interface ModuleSyntaxError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/** A parser for modules, for the place of a syntax error: that of Node has no column, and jiti's is only text. */
export async function createModuleParser(
  file: string,
): Promise<(file: string, source: string) => ModuleSyntaxError | undefined> {
  const jiti = await createLoader(file);
  return (filename, source) => {
    const code = jiti.transform({ source, filename, ts: isTypeScript(filename), async: true });
    const [, report] = /^exports\.__JITI_ERROR__ = (\{.*\})$/.exec(code) ?? [];
    if (report === undefined) return undefined;
    const { line, column, message } = JSON.parse(report) as { line: number; column: number; message: string };
    return { file: filename, line, column: column + 1, reason: message.trim().replace(/\.$/, '') };
  };
}

let reloads = 0;

/** jiti keeps modules where `require` does; those of packages stay. */
function forgetTypeScript(file: string): void {
  const { cache } = createRequire(file);
  for (const name of Object.keys(cache))
    if (isTypeScript(name) && !name.includes('node_modules')) Reflect.deleteProperty(cache, name);
}

function isTypeScript(file: string): boolean {
  return ['.ts', '.mts'].includes(extname(file));
}

async function createLoader(file: string): Promise<Jiti> {
  const { createJiti } = await import('jiti');
  return createJiti(file, {
    fsCache: cacheFolder(dirname(file)),
    // A default export that is missing, or null, is then what it is, and not the module or an error of jiti's own.
    interopDefault: false,
    transformOptions: { retainLines: true },
    alias: ownCopy(file),
  });
}

/** The project's own `node_modules`; never a folder that other users of the machine can write to. */
function cacheFolder(folder: string): string | false {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, 'node_modules'))) return join(at, 'node_modules', '.cache', 'oneiric');
    if (dirname(at) === at) return false;
  }
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
