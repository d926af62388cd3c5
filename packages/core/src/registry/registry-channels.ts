import type { Explanation } from '../decision/explanation.js';
import type { ChannelFamily } from '../observability/channels.js';
import type { ChangedEvent, DecisionChangedEvent } from './registry-events.js';

/** Where a message comes from. */
export interface FromRegistry {
  /** The `CandidateRegistry`, to compare with. */
  readonly registry: object;
}

declare module '../observability/channels.js' {
  interface ChannelMessages {
    'oneiric:registry:changed': FromRegistry & ChangedEvent;
    'oneiric:decision:changed': FromRegistry & DecisionChangedEvent;
    'oneiric:decision:made': FromRegistry & {
      readonly domain: string;
      readonly key: string;
      readonly explanation: Explanation;
    };
  }
}

export const REGISTRY_CHANNELS: ChannelFamily<'oneiric:registry:'> = {
  'oneiric:registry:changed': {
    message: '`registry`, `revision`, `changes`, `snapshot`',
    when: 'After each commit, in revision order, outside the lock.',
  },
};

export const DECISION_CHANNELS: ChannelFamily<'oneiric:decision:'> = {
  'oneiric:decision:changed': {
    message:
      '`registry`, `revision`, `changes`, `snapshot`, `decisions` (`domain`, `key`, `previous`, `winner`)',
    when: 'After each commit that changed at least one winner.',
  },
  'oneiric:decision:made': {
    message: '`registry`, `domain`, `key`, `explanation`',
    when: 'A question was decided anew. A decision that is remembered is not told again, nor one that a listener here asks for.',
  },
};
