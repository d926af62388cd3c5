import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { Jiti } from 'jiti';

/**
 * Imports a configuration module. JavaScript goes through Node's own `import()`. TypeScript goes through jiti,
 * and with it the TypeScript modules that it imports; types are erased, not checked, and line numbers are kept.
 */
export async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  if (!isTypeScript(file)) return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  const jiti = await createLoader(file);
  return await jiti.import<Record<string, unknown>>(file);
}

/** The place and words of a syntax error in a module, as far as a parser finds one; Node's own error has no column. */
export async function findSyntaxError(
  file: string,
  source: string,
): Promise<{ reason: string; line: number; column: number } | undefined> {
  const jiti = await createLoader(file);
  try {
    jiti.transform({ source, filename: file, ts: isTypeScript(file), async: true, retainLines: true });
    return undefined;
  } catch (error) {
    return parseError(error);
  }
}

/** Reads what jiti's parser throws: `ParseError: <reason>  \n <file>:<line>:<column>`, the column from 0. */
export function parseError(
  error: unknown,
): { file: string; reason: string; line: number; column: number } | undefined {
  const text = error instanceof Error ? error.message : '';
  const [, reason, file, line, column] = /ParseError: (.*?)\s*\n\s*(.*):(\d+):(\d+)\s*$/s.exec(text) ?? [];
  if (reason === undefined || file === undefined) return undefined;
  return { reason: reason.replace(/\.$/, ''), file, line: Number(line), column: Number(column) + 1 };
}

function isTypeScript(file: string): boolean {
  return ['.ts', '.mts'].includes(extname(file));
}

async function createLoader(file: string): Promise<Jiti> {
  const { createJiti } = await import('jiti');
  return createJiti(file, {
    fsCache: cacheFolder(dirname(file)),
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
