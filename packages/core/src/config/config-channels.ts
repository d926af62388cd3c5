import { channelOf, type ChannelFamily } from '../observability/channels.js';

interface FromConfig {
  /** The `CandidateRegistry` that follows the file, to compare with. */
  readonly registry: object;
  /** The name of the file, without its folder. */
  readonly file: string;
}

declare module '../observability/channels.js' {
  interface ChannelMessages {
    'oneiric:config:applied': FromConfig & {
      /** Of the registry, after the configuration was applied. */
      readonly revision: number;
      /** The environment of the file that is in force; null where none was asked for. */
      readonly environment: string | null;
    };
    'oneiric:config:problem': FromConfig & { readonly error: unknown };
  }
}

export const CONFIG_CHANNELS: ChannelFamily<'oneiric:config:'> = {
  'oneiric:config:applied': {
    message: '`registry`, `file` (its name alone), `revision`, `environment`',
    when: 'A watched configuration was changed, and is in force.',
  },
  'oneiric:config:problem': {
    message: '`registry`, `file`, `error`',
    when: 'A watched configuration was changed and cannot be loaded, or not be watched. The last good one stays in force.',
  },
};

export const configApplied = channelOf('oneiric:config:applied');
export const configProblem = channelOf('oneiric:config:problem');
