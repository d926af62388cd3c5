import type { ChannelFamily } from '../observability/channels.js';
import type { LifecycleEvent, LifecycleEvents } from './lifecycle-events.js';
import type { Operation } from './phase.js';
import type { ProviderName } from './provider-name.js';

/** Where a message comes from. */
export interface FromLifecycle {
  /** The `LifecycleManager`, to compare with. */
  readonly lifecycle: object;
  /** The `CandidateRegistry` whose decisions it runs, to compare with. */
  readonly registry: object;
}

/** An operation that brings up an instance, or may, has ended. */
export interface OperationEnded {
  readonly domain: string;
  readonly key: string;
  readonly operation: Operation;
  readonly outcome: 'started' | 'swapped' | 'kept' | 'failed';
  readonly from: ProviderName | null;
  /** Null where it failed, and where nobody wins. */
  readonly to: ProviderName | null;
  readonly durationMs: number;
  /** Undefined where it did not fail. */
  readonly error: unknown;
}

type LifecycleMessages = {
  readonly [E in LifecycleEvent as `oneiric:lifecycle:${E}`]: FromLifecycle & LifecycleEvents[E];
};

declare module '../observability/channels.js' {
  interface ChannelMessages extends LifecycleMessages {
    'oneiric:lifecycle:operation-ended': FromLifecycle & OperationEnded;
  }
}

export const LIFECYCLE_CHANNELS: ChannelFamily<'oneiric:lifecycle:'> = {
  'oneiric:lifecycle:activated': {
    message: '`domain`, `key`, `candidate`, `durationMs`',
    when: 'A component was started where none ran.',
  },
  'oneiric:lifecycle:swapped': {
    message:
      'the report of the swap: `domain`, `key`, `outcome`, `from`, `to`, `plan`, `phases`, `durationMs`, `problems`, `isComplete`',
    when: 'Another one runs, and the one before is closed.',
  },
  'oneiric:lifecycle:deactivated': {
    message: '`domain`, `key`, `candidate`',
    when: 'What ran was stopped.',
  },
  'oneiric:lifecycle:failed': {
    message: '`domain`, `key`, `operation`, `provider`, `error`',
    when: 'An operation failed, or a phase after the binding did, or a decision could not be followed.',
  },
  'oneiric:lifecycle:health-changed': {
    message: '`domain`, `key`, `candidate`, `isHealthy`',
    when: 'Enough probes in a row said something else than before.',
  },
  'oneiric:lifecycle:paused': {
    message: '`domain`, `key`, `candidate`, `reason` (null where none was given)',
    when: 'Calls are held.',
  },
  'oneiric:lifecycle:resumed': {
    message: '`domain`, `key`',
    when: 'Calls go through again.',
  },
  'oneiric:lifecycle:withdrawn': {
    message: '`domain`, `key`, `candidate`',
    when: 'What runs is not offered any more and nothing else wins: it goes on serving.',
  },
  'oneiric:lifecycle:phase': {
    message:
      '`domain`, `key`, `provider`, `operation`, `phase`, `state` (`began`, `ended`, `failed`), `durationMs`',
    when: 'A phase of an instance began or ended.',
  },
  'oneiric:lifecycle:operation-ended': {
    message:
      '`domain`, `key`, `operation`, `outcome` (`started`, `swapped`, `kept`, `failed`), `from`, `to`, `durationMs`, `error`',
    when: 'An activation, a swap, a roll-back, or what follows a changed decision, has ended, whichever way.',
  },
  'oneiric:lifecycle:status-file-failed': {
    message: '`file`, `error`',
    when: 'The status file could not be written or read.',
  },
};
