import { fileURLToPath } from 'node:url';

import type { Missing } from './probe-messages.js';

const PACKAGE = /Cannot find package '([^']+)'/;
const MODULE = /Cannot find module '([^']+)'/;
const DEEPEST = 8;

/** What was not found, where that is why something was thrown; undefined where it is not. */
export function missingIn(thrown: unknown): Missing | undefined {
  let at = thrown;
  for (let depth = 0; depth < DEEPEST && at instanceof Error; depth += 1, at = at.cause) {
    const { code, path } = at as NodeJS.ErrnoException;
    if (code === 'ENOENT' && path !== undefined) return { kind: 'file', path };
    if (code !== 'ERR_MODULE_NOT_FOUND') continue;
    const name = PACKAGE.exec(at.message)?.[1];
    if (name !== undefined) return { kind: 'package', name: packageOf(name) };
    const file = MODULE.exec(at.message)?.[1];
    if (file !== undefined)
      return { kind: 'file', path: file.startsWith('file:') ? fileURLToPath(file) : file };
  }
  return undefined;
}

/** `@acme/redis` of `@acme/redis/cache`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
