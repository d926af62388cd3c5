import { formatPlace, type PluginReport, printable } from '@oneiric/core';

/** What is the matter with a plugin, and where. */
export function pluginReason({ detail, at }: PluginReport): string {
  const place = at === null ? '' : ` (${formatPlace({ kind: 'code', ...at })})`;
  return printable(`${detail ?? ''}${place}`);
}
