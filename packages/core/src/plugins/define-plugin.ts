import { createError } from '../errors/oneiric-error.js';
import { rememberDefinitionSite } from '../foundation/definition-site.js';
import type { InputProblem } from '../registry/registry-errors.js';
import { offeredNames } from './offered-name.js';
import type { Plugin } from './plugin.js';
import { PLUGIN_ERRORS } from './plugin-errors.js';
import { readPlugin } from './read-plugin.js';

/**
 * Defines the plugin that a package brings: the default export of the module which its package.json names,
 * `"oneiric": { "plugin": "./plugin.js" }`. Everything about it is checked here, so that its author sees a mistake in
 * the first test; the result is frozen, and the place of the call is remembered.
 *
 * @throws `ONEIRIC_PLUGIN_DEFINITION_INVALID` with all problems at once
 */
export function definePlugin(definition: Plugin): Plugin {
  const problems: InputProblem[] = [];
  const plugin = readPlugin(definition, problems);
  if (plugin === undefined || problems.length > 0) {
    throw createError(PLUGIN_ERRORS, 'ONEIRIC_PLUGIN_DEFINITION_INVALID', {
      problems,
      offered: offeredNames(plugin?.candidates ?? []),
    });
  }
  rememberDefinitionSite(plugin, definePlugin);
  return plugin;
}
