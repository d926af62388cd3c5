import type { Factory } from '../decision/candidate.js';
import { findInstalledPackage } from '../security/installed-package.js';
import type { ReferenceLoader } from '../security/reference-loader.js';
import type { LifecycleOptions } from './lifecycle-options.js';

/**
 * The option `loadFactory` of a lifecycle: factories that are references are loaded by `loader`, or by the one that it
 * returns at that time. `./x.js#y` of a candidate that a plugin offers counts from the plugin's package, and is of the
 * generation that the plugin was reloaded in.
 */
export function referenceFactories(
  loader: ReferenceLoader | (() => ReferenceLoader),
): NonNullable<LifecycleOptions['loadFactory']> {
  return async (reference, { source }, { signal }) => {
    const current = typeof loader === 'function' ? loader() : loader;
    const plugin = source.kind === 'plugin' ? source.package : undefined;
    const installed =
      plugin === undefined ? undefined : await findInstalledPackage(plugin, current.projectDir);
    const within =
      plugin === undefined || installed === undefined
        ? {}
        : { within: { package: plugin, folder: installed.folder } };
    const { generation } = source;
    const anew = generation === undefined ? {} : { generation };
    const { value } = await current.load(reference, { signal, ...within, ...anew });
    // The lifecycle refuses what is no function: it knows of which candidate it is.
    return value as Factory;
  };
}
