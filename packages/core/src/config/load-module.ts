import { basename } from 'node:path';
import { types } from 'node:util';

import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { CONFIG_ERRORS } from './config-errors.js';
import { importModule } from './import-module.js';
import { moduleFailure } from './module-failure.js';
import { settleWithin, type WaitOptions } from '../foundation/settle-within.js';

export interface ReadFileOptions extends WaitOptions {
  /** Whether a module is run again although it ran before. */
  readonly isAnew: boolean;
}

/** In a box: a promise of the value itself would call its `then`, if it has one. */
export interface LoadedModule {
  readonly value: unknown;
}

/**
 * The configuration that a module exports as its default, whatever that is.
 *
 * @throws `ONEIRIC_CONFIG_THREW`, `ONEIRIC_CONFIG_IMPORT`, `ONEIRIC_CONFIG_TIMEOUT`, `ONEIRIC_CONFIG_EXPORT`,
 *   `ONEIRIC_CONFIG_INVALID` for a syntax error in it or in what it imports, and the reason of an aborted signal
 */
export async function loadModule(file: string, options: ReadFileOptions): Promise<LoadedModule> {
  const outcome = await settleWithin(importModule(file, options), options);
  switch (outcome.kind) {
    case 'done':
      return { value: defaultExport(file, outcome.value) };
    case 'failed':
      throw await moduleFailure(file, outcome.error);
    case 'late': {
      const details = { file: basename(file), timeoutMs: options.timeoutMs };
      throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_TIMEOUT', details);
    }
    case 'aborted':
      options.signal?.throwIfAborted();
      return { value: undefined };
    default:
      return outcome satisfies never;
  }
}

type Module = Readonly<Record<string, unknown>>;

function defaultExport(file: string, module: Module): unknown {
  const refuse = (found: string, hint: string): never => {
    throw createError(CONFIG_ERRORS, 'ONEIRIC_CONFIG_EXPORT', { file: basename(file), found, hint });
  };
  const value = module['default'];
  const names = Object.keys(module).filter((name) => name !== 'default' && name !== '__esModule');
  if (value === undefined) {
    const found =
      names.length === 0 ? 'nothing' : `${names.map((name) => `"${name}"`).join(', ')} but no default`;
    return refuse(found, 'Write "export default defineConfig({ … })".');
  }
  if (typeof value === 'function')
    return refuse('a function', 'Export what it returns: "export default await makeConfig()".');
  if (types.isPromise(value)) {
    // Nobody else will look at it: that it rejects must not end the process.
    void value.catch(() => undefined);
    return refuse('a promise', 'Export what it resolves to: "export default await …".');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse(describeValue(value), 'Write "export default defineConfig({ … })".');
  return value;
}
