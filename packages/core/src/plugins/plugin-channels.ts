import { channelOf, type ChannelFamily, publish } from '../observability/channels.js';
import type { PluginPhase } from './plugin-errors.js';
import type { PluginReport, PluginState } from './plugin-report.js';

/** What became of a plugin. */
interface PluginMessage {
  /** The `CandidateRegistry` that it offers to, to compare with. */
  readonly registry: object;
  readonly report: PluginReport;
}

type PluginMessages = { readonly [S in PluginState as `oneiric:plugin:${S}`]: PluginMessage };

declare module '../observability/channels.js' {
  interface ChannelMessages extends PluginMessages {
    /** Code of a plugin threw when nobody waited for it any more. */
    'oneiric:plugin:failed-late': {
      readonly package: string;
      readonly phase: PluginPhase;
      readonly error: unknown;
    };
  }
}

const message = '`registry`, `report`: its `PluginReport`';

export const PLUGIN_CHANNELS: ChannelFamily<'oneiric:plugin:'> = {
  'oneiric:plugin:loaded': { message, when: 'What a plugin offers was committed, also anew.' },
  'oneiric:plugin:skipped': {
    message,
    when: 'A plugin was not imported: its package.json says that it does not fit, or it is not there.',
  },
  'oneiric:plugin:failed': { message, when: 'A plugin could not be imported or set up, or took too long.' },
  'oneiric:plugin:unloaded': { message, when: 'What a plugin offers was taken back, and it was cleaned up.' },
  'oneiric:plugin:failed-late': {
    message: '`package`, `phase` (`import`, `setup`, `cleanup`), `error`',
    when: 'Code of a plugin threw after its time was up, or after the load was called off.',
  },
};

const CHANNELS = {
  loaded: channelOf('oneiric:plugin:loaded'),
  skipped: channelOf('oneiric:plugin:skipped'),
  failed: channelOf('oneiric:plugin:failed'),
  unloaded: channelOf('oneiric:plugin:unloaded'),
} as const satisfies Record<PluginState, unknown>;

export function tellChanged(registry: object, report: PluginReport): void {
  CHANNELS[report.state].publish({ registry, report });
}

export function tellLate(packageName: string, phase: PluginPhase, error: unknown): void {
  publish('oneiric:plugin:failed-late', { package: packageName, phase, error });
}
