import { type ChannelFamily, publish } from '../observability/channels.js';
import type { PluginPhase } from './plugin-errors.js';
import type { PluginReport } from './plugin-report.js';

declare module '../observability/channels.js' {
  interface ChannelMessages {
    /** What became of a plugin: it was loaded, skipped, has failed, or was unloaded. */
    'oneiric:plugin:changed': { readonly report: PluginReport };
    /** Code of a plugin threw when nobody waited for it any more. */
    'oneiric:plugin:failed-late': {
      readonly package: string;
      readonly phase: PluginPhase;
      readonly error: unknown;
    };
  }
}

export const PLUGIN_CHANNELS: ChannelFamily<'oneiric:plugin:'> = {
  'oneiric:plugin:changed': {
    message: '`report`: its `PluginReport`.',
    when: 'A plugin was loaded, reloaded, skipped or unloaded, or has failed; after the commit.',
  },
  'oneiric:plugin:failed-late': {
    message: '`package`; `phase`: `import`, `setup` or `cleanup`; `error`: what was thrown.',
    when: 'Code of a plugin threw after its time was up, or after the load was called off.',
  },
};

export function tellChanged(report: PluginReport): void {
  publish('oneiric:plugin:changed', { report });
}

export function tellLate(packageName: string, phase: PluginPhase, error: unknown): void {
  publish('oneiric:plugin:failed-late', { package: packageName, phase, error });
}
