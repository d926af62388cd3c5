import type { OneiricConfig } from './oneiric-config.js';
import { rememberDefinitionSite } from '../foundation/definition-site.js';

/**
 * Types a configuration and returns it unchanged: `export default defineConfig({ … })`.
 *
 * Nothing is checked here; `loadConfig` reports all problems of all layers at once. The place of the call is
 * remembered, as the origin of what the configuration says.
 */
export function defineConfig(config: OneiricConfig): OneiricConfig {
  rememberDefinitionSite(config, defineConfig);
  return config;
}
