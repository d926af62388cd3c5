import type { LoadedConfig } from './config/loaded-config.js';
import type { Factory } from './decision/candidate.js';
import type { LifecycleOptions } from './lifecycle/lifecycle-options.js';
import { findInstalledPackage } from './security/installed-package.js';
import { ReferenceLoader } from './security/reference-loader.js';

/**
 * Loads the factories that candidates only refer to, as the configuration in force allows. `./x.js#y` counts from the
 * project, and with a candidate of a plugin from the plugin's package.
 */
export function loadReferences(
  current: () => Pick<LoadedConfig, 'config' | 'projectDir'>,
): NonNullable<LifecycleOptions['loadFactory']> {
  return async (reference, { source }, { signal }) => {
    const { config, projectDir } = current();
    const { allowedPackages: packages } = config;
    const loader = new ReferenceLoader({ projectDir, ...(packages === undefined ? {} : { packages }) });
    const owner = source.kind === 'plugin' ? source.package : undefined;
    const installed = owner === undefined ? undefined : await findInstalledPackage(owner, projectDir);
    const within =
      owner === undefined || installed === undefined
        ? {}
        : { within: { package: owner, folder: installed.folder } };
    const { value } = await loader.load(reference, { signal, ...within });
    return value as Factory;
  };
}
