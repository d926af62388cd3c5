import { type LoadedConfig, type PluginReport, type PluginState, printable } from '@oneiric/core';

import { renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';

const STATE_WORDS: Readonly<Record<PluginState, (plugin: PluginReport) => string>> = {
  declared: ({ entry }) => `ready to be loaded: ${entry ?? ''}`,
  'not-installed': ({ package: name }) => `not installed: npm install ${name}`,
  undeclared: () => 'declares no plugin: its package.json has no "oneiric": { "plugin": "./…" }',
  'entry-invalid': ({ entry }) => `its package.json names ${entry ?? 'a module'}, which is no file of it`,
};

/** A row for each configured plugin. */
export function pluginsTable(plugins: readonly PluginReport[], screen: Screen): string {
  const rows = plugins.map((plugin) => [
    plugin.package,
    printable(plugin.version ?? '-'),
    printable(tellState(plugin)),
  ]);
  return renderTable(['PLUGIN', 'VERSION', 'STATE'], rows, screen);
}

/** What `plugins --json` prints. */
export function pluginsJson(
  configured: LoadedConfig['config']['plugins'],
  origin: ReturnType<LoadedConfig['origins']['get']>,
  plugins: readonly PluginReport[],
): object {
  return {
    schemaVersion: 1,
    mode: configured === undefined ? 'dependencies' : configured === false ? 'none' : 'listed',
    origin: origin ?? null,
    loaded: false,
    plugins: plugins.map((plugin) => ({ ...plugin, text: tellState(plugin) })),
  };
}

function tellState(plugin: PluginReport): string {
  return STATE_WORDS[plugin.state](plugin);
}
