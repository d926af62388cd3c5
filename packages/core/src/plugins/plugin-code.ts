import { AsyncRWLock } from '../concurrency/async-rw-lock.js';
import { createError } from '../errors/oneiric-error.js';
import { PLUGIN_ERRORS } from './plugin-errors.js';

let sections: AsyncRWLock | undefined;

/** Its read sections keep nobody waiting: they only mark what runs inside the code of a plugin. */
function pluginCode(): AsyncRWLock {
  return (sections ??= new AsyncRWLock({ name: 'code of plugins', detectOrder: false }));
}

/** Runs code of the plugin of a package, and returns what it returns. */
export type RunPlugin = <T>(packageName: string, code: () => T) => T;

/** Runs the setup, the cleanup or the import of a plugin, and settles as it does. */
export function runPluginCode<T>(
  packageName: string,
  code: () => T | Promise<T>,
  run: RunPlugin = (_, plain) => plain(),
): Promise<T> {
  return pluginCode().read(async () => run(packageName, code));
}

/**
 * Refuses what would have to wait for the very code that asks for it.
 *
 * @throws `ONEIRIC_PLUGIN_REENTRANT`
 */
export function assertOutsidePluginCode(operation: string): void {
  if (sections?.isHeldByCurrentContext() === true)
    throw createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_REENTRANT', { operation });
}
