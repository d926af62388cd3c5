import { formatPlace, inspectPlugins } from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { readFormat } from '../read-format.js';
import { pluginsJson, pluginsTable } from '../renderers/plugins.js';

/** `oneiric plugins`: which plugins the configuration names, and whether they could be loaded. */
export async function run(
  input: CommandInput,
  { openProject, screen, print, note }: CommandContext,
): Promise<ExitCode> {
  const format = readFormat(input, 'plugins');
  const { loaded } = await openProject();
  const { plugins: configured } = loaded.config;
  const origin = loaded.origins.get('plugins');
  const plugins = await inspectPlugins(configured === false ? [] : (configured ?? []), loaded.projectDir);
  if (format === 'json') print(JSON.stringify(pluginsJson(configured, origin, plugins), null, 2));
  else if (plugins.length > 0) print(pluginsTable(plugins, screen));
  if (configured === undefined)
    note('the configuration has no "plugins": those among the direct dependencies will be loaded');
  else if (plugins.length === 0)
    note(`plugins are switched off (${origin ? formatPlace(origin) : 'default'})`);
  note('this version looks at plugins and does not load them yet: they offer no candidates');
  return EXIT.ok;
}
