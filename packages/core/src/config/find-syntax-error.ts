import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { createModuleParser, type ModuleSyntaxError } from './import-module.js';

const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.{1,2}\/[^'"]+)\1/g;
const EXTENSIONS = ['', '.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.js'];
const MOST_FILES = 200;

/**
 * The first syntax error in a configuration module or in the files that it imports by relative paths. The error
 * that a failed import throws does not say which file it is about; so this looks for it.
 */
export async function findSyntaxError(configFile: string): Promise<ModuleSyntaxError | undefined> {
  const parse = await createModuleParser(configFile);
  const waiting = [configFile];
  const seen = new Set(waiting);
  for (let file = waiting.shift(); file !== undefined && seen.size <= MOST_FILES; file = waiting.shift()) {
    const source = await readFile(file, 'utf8').catch(() => undefined);
    if (source === undefined) continue;
    const found = parse(file, source);
    if (found !== undefined) return found;
    for (const imported of importsOf(file, source)) {
      if (!seen.has(imported)) waiting.push(imported);
      seen.add(imported);
    }
  }
  return undefined;
}

/** Every file that a relative import may mean. */
function importsOf(file: string, source: string): readonly string[] {
  return Array.from(source.matchAll(RELATIVE_IMPORT), ([, , path = '']) => join(dirname(file), path)).flatMap(
    (path) => [
      ...EXTENSIONS.map((extension) => path + extension),
      path.replace(/\.js$/, '.ts').replace(/\.mjs$/, '.mts'),
    ],
  );
}
