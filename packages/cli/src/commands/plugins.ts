import { formatPlace } from '@oneiric/core';

import type { CommandContext, CommandInput } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { readFormat } from '../read-format.js';
import { pluginsJson, pluginsTable } from '../renderers/plugins.js';
import { noteStrays } from '../tell-stray.js';

/** `oneiric plugins`: what became of each plugin that the project wants. */
export async function run(
  input: CommandInput,
  { openProject, screen, print, note, host }: CommandContext,
): Promise<ExitCode> {
  const format = readFormat(input, 'plugins');
  const { loaded, plugins } = await openProject({ notePlugins: false, unknownSettings: 'note' });
  noteStrays(host, note);
  const { plugins: wanted } = loaded.config;
  const { reports } = plugins;
  if (format === 'json') print(JSON.stringify(pluginsJson(loaded, reports), null, 2));
  else if (reports.length > 0) print(pluginsTable(reports, screen));
  if (reports.length > 0) return EXIT.ok;
  const origin = loaded.origins.get('plugins');
  if (wanted === undefined) note('no direct dependency of the project declares a plugin');
  else note(`plugins are switched off (${origin ? formatPlace(origin) : 'default'})`);
  return EXIT.ok;
}
