import { createRequire, Module } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { compileFunction, constants } from 'node:vm';

/** What every CommonJS module is called with. */
const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

type Body = (
  exports: unknown,
  require: NodeJS.Require,
  module: NodeJS.Module,
  filename: string,
  dirname: string,
) => void;

/** The source as the body of a CommonJS module; the error where it is none, as ESM is not. Nothing is run. */
export function compileCommonJs(file: string, source: string): Body | SyntaxError {
  try {
    return compileFunction(source, PARAMETERS, {
      filename: file,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    }) as Body;
  } catch (error) {
    return error as SyntaxError;
  }
}

/** The module at this file as `require` keeps it; jiti keeps its own there, too. */
export function loadedModule(file: string): NodeJS.Module | undefined {
  return createRequire(file).cache[file];
}

export function forgetModule(file: string): void {
  Reflect.deleteProperty(createRequire(file).cache, file);
}

/** Forgets every module in a folder, except those of the packages in it. */
export function forgetModules(folder: string): void {
  const { cache } = createRequire(join(folder, 'package.json'));
  for (const file of Object.keys(cache)) {
    if (file.startsWith(folder + sep) && !file.slice(folder.length).includes(`${sep}node_modules${sep}`)) {
      Reflect.deleteProperty(cache, file);
    }
  }
}

/**
 * Runs a compiled module and keeps it where `require` does, so that everybody gets this one. Node would look at the
 * disk again, and take what is there then.
 */
export function runCommonJs(file: string, body: Body): unknown {
  const require = createRequire(file);
  const module = new Module(file);
  module.filename = file;
  module.paths = require.resolve.paths(file) ?? [];
  require.cache[file] = module;
  try {
    body.call(module.exports, module.exports, require, module, file, dirname(file));
  } catch (error) {
    forgetModule(file);
    throw error;
  }
  module.loaded = true;
  return module.exports;
}
