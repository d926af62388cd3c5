import { type LoadedConfig, type PluginReport, printable } from '@oneiric/core';

import { pluginReason } from '../plugin-reason.js';
import { renderTable } from '../render-table.js';
import type { Screen } from '../screen.js';

/** A row for each plugin: what became of it, and where it is not loaded, why. */
export function pluginsTable(reports: readonly PluginReport[], screen: Screen): string {
  const rows = reports.map((report) => [
    report.package,
    printable(report.version ?? '-'),
    report.state,
    String(report.candidates),
    tellTime(report),
    pluginReason(report),
  ]);
  return renderTable(['PLUGIN', 'VERSION', 'STATE', 'CANDIDATES', 'TIME', 'WHY'], rows, screen);
}

/** In whole seconds, and only what one notices: the rest differs from run to run and says nothing. */
function tellTime({ durationMs }: PluginReport): string {
  return durationMs < 3000 ? '' : `${String(Math.round(durationMs / 1000))} s`;
}

/** What `plugins --json` prints. */
export function pluginsJson({ config, origins }: LoadedConfig, reports: readonly PluginReport[]): object {
  const { plugins } = config;
  return {
    schemaVersion: 1,
    mode: plugins === undefined ? 'dependencies' : plugins === false ? 'none' : 'listed',
    origin: origins.get('plugins') ?? null,
    plugins: reports.map(({ error, ...report }) => ({
      ...report,
      error: error === null ? null : { code: error.code, message: error.message },
    })),
  };
}
