import type { Factory } from '../decision/candidate.js';
import { findInstalledPackage } from '../security/installed-package.js';
import type { ReferenceLoader } from '../security/reference-loader.js';
import type { LifecycleOptions } from './lifecycle-options.js';

/**
 * The option `loadFactory` of a lifecycle: factories that are references are loaded by `loader`. `./x.js#y` of a
 * candidate that a plugin offers counts from the plugin's package.
 */
export function referenceFactories(loader: ReferenceLoader): NonNullable<LifecycleOptions['loadFactory']> {
  return async (reference, { source }, { signal }) => {
    const plugin = source.kind === 'plugin' ? source.package : undefined;
    const found = plugin === undefined ? undefined : await findInstalledPackage(plugin, loader.projectDir);
    const within = found && plugin !== undefined ? { package: plugin, folder: found.folder } : undefined;
    const { value } = await loader.load(reference, { signal, ...(within === undefined ? {} : { within }) });
    // What is no function is refused by the lifecycle, which knows of which candidate it is.
    return value as Factory;
  };
}
