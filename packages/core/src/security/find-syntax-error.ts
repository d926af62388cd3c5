import { extname } from 'node:path';

import { importedFiles } from './imported-files.js';
import { typescriptEngine } from './typescript-engine.js';

/** Why a module cannot be parsed, and where; the line and column count from 1. */
export interface ModuleSyntaxError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

/**
 * The first syntax error in a module or in the files that it imports by relative paths. The error that a failed import
 * throws does not say which file it is about, that of Node has no column, and that of jiti is only text; so this looks
 * for it.
 */
export async function findSyntaxError(module: string): Promise<ModuleSyntaxError | undefined> {
  const parse = await createModuleParser(module);
  for await (const { file, source } of importedFiles(module)) {
    const found = source === undefined ? undefined : parse(file, source);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function createModuleParser(
  module: string,
): Promise<(file: string, source: string) => ModuleSyntaxError | undefined> {
  const jiti = await typescriptEngine(module, false);
  return (filename, source) => {
    const code = jiti.transform({ source, filename, ts: isTypeScript(filename), async: true });
    const [, report] = /^exports\.__JITI_ERROR__ = (\{.*\})$/.exec(code) ?? [];
    if (report === undefined) return undefined;
    const { line, column, message } = JSON.parse(report) as { line: number; column: number; message: string };
    return { file: filename, line, column: column + 1, reason: message.trim().replace(/\.$/, '') };
  };
}

/** Is it one that the loader of modules compiles? */
export function isTypeScript(file: string): boolean {
  return ['.ts', '.mts'].includes(extname(file));
}
