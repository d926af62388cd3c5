import { createModuleParser, type ModuleSyntaxError } from './import-module.js';
import { importedFiles } from './imported-files.js';

/**
 * The first syntax error in a configuration module or in the files that it imports by relative paths. The error
 * that a failed import throws does not say which file it is about; so this looks for it.
 */
export async function findSyntaxError(configFile: string): Promise<ModuleSyntaxError | undefined> {
  const parse = await createModuleParser(configFile);
  for await (const { file, source } of importedFiles(configFile)) {
    const found = source === undefined ? undefined : parse(file, source);
    if (found !== undefined) return found;
  }
  return undefined;
}
