import { channelOf, type ChannelFamily } from '../observability/channels.js';
import type { Parameters } from './attach-routes.js';

declare module '../observability/channels.js' {
  interface ChannelMessages {
    'oneiric:attach:request': {
      /** The `LifecycleManager` that was asked, to compare with. */
      readonly lifecycle: object;
      /** What the client says of itself, such as `oneiric/1.2.0 (pid 4711, user ann)`; nobody has checked it. */
      readonly client: string | null;
      /** Such as `POST /v1/swap`. */
      readonly request: string;
      /** What was understood of it: `domain`, `key`, `provider`, `reason`. */
      readonly parameters: Parameters;
      /** The code of the error that it ended with; null where it was answered, or its reader has left a stream. */
      readonly code: string | null;
      readonly durationMs: number;
    };
  }
}

export const ATTACH_CHANNELS: ChannelFamily<'oneiric:attach:'> = {
  'oneiric:attach:request': {
    message: '`lifecycle`, `client` (what it says of itself), `request`, `parameters`, `code`, `durationMs`',
    when: 'A request of somebody who is attached is over, whether it was answered, refused, failed, or given up by who asked.',
  },
};

export const attachRequests = channelOf('oneiric:attach:request');
