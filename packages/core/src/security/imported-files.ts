import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const RELATIVE_IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*(['"])(\.{1,2}\/[^'"]+)\1/g;
const EXTENSIONS = ['', '.ts', '.mts', '.js', '.mjs', '/index.ts', '/index.js'];
const MOST_FILES = 200;

/** A file that a relative import may mean; its text, or undefined where there is no such file. */
export interface ImportedFile {
  readonly file: string;
  readonly source: string | undefined;
}

/**
 * A module and the files that it imports by relative paths, directly or not, with their texts, and the paths where a
 * file would be imported if it were there. Found by looking at the text, so that it works for what cannot be parsed;
 * an import whose path is computed is not found.
 */
export async function* importedFiles(module: string): AsyncGenerator<ImportedFile> {
  const waiting = [module];
  const seen = new Set(waiting);
  let found = 0;
  for (let file = waiting.shift(); file !== undefined && found < MOST_FILES; file = waiting.shift()) {
    const source = await readFile(file, 'utf8').catch(() => undefined);
    yield { file, source };
    if (source === undefined) continue;
    found++;
    for (const imported of importsOf(file, source)) {
      if (!seen.has(imported)) waiting.push(imported);
      seen.add(imported);
    }
  }
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
