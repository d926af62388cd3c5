import type { LoadedConfig } from './config/loaded-config.js';
import type { LifecycleOptions } from './lifecycle/lifecycle-options.js';
import { referenceFactories } from './lifecycle/reference-factories.js';
import { ReferenceLoader } from './security/reference-loader.js';

/** Loads the factories that candidates only refer to, as the configuration in force allows. */
export function loadReferences(
  current: () => Pick<LoadedConfig, 'config' | 'projectDir'>,
): NonNullable<LifecycleOptions['loadFactory']> {
  return referenceFactories(() => {
    const { config, projectDir } = current();
    const { allowedPackages: packages } = config;
    return new ReferenceLoader({ projectDir, ...(packages === undefined ? {} : { packages }) });
  });
}
