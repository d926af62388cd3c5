import { channel } from 'node:diagnostics_channel';

import { type ChannelFamily, publish } from '../observability/channels.js';
import type { LockEvent, LockEventMap } from './lock-events.js';
import { sectionLabel, type SectionFrame } from './lock-frame.js';
import type { LockMode } from './lock-report.js';

/** A section of a lock, as its channels name it. */
interface SectionMessage {
  /** The name of the lock; of a keyed one with its key, `lifecycle[adapter/cache]`. */
  readonly lock: string;
  readonly section: string;
  readonly mode: LockMode;
}

type LockEventMessages = { readonly [E in LockEvent as `oneiric:lock:${E}`]: LockEventMap[E] };

declare module '../observability/channels.js' {
  interface ChannelMessages extends LockEventMessages {
    'oneiric:lock:acquired': SectionMessage & {
      /** 0 where it did not have to wait. */
      readonly waitMs: number;
    };
    'oneiric:lock:released': SectionMessage & { readonly holdMs: number };
  }
}

export const LOCK_CHANNELS: ChannelFamily<'oneiric:lock:'> = {
  'oneiric:lock:acquired': {
    message: '`lock`, `section`, `mode` (`exclusive` or `shared`), `waitMs`',
    when: 'A section has its place and is about to run.',
  },
  'oneiric:lock:released': {
    message: '`lock`, `section`, `mode`, `holdMs`',
    when: 'A section has settled and left its place.',
  },
  'oneiric:lock:orphan-running': {
    message: '`lock`, `section`, `running`, `requeued`',
    when: 'A section settled before its nested sections: those in `running` go on, those in `requeued` wait one level up.',
  },
  'oneiric:lock:deadlock-suspected': {
    message: '`cycle`: the requests, from the one that closed the circle on; `graceMs`',
    when: 'Requests wait for each other in a circle. Once for each lock of the circle.',
  },
  'oneiric:lock:long-hold': {
    message: '`lock`, `section`',
    when: 'A section has been running for longer than `longHoldMs`. Once for each section.',
  },
  'oneiric:lock:order-inversion': {
    message: '`wanted`, `held`, `earlier`',
    when: 'Two locks were taken inside each other in both orders, which can deadlock on another day.',
  },
};

/** In terms of its own: the types of Node need not be there where this is compiled against. */
interface Heard {
  readonly hasSubscribers: boolean;
}

/**
 * Node's own channels, to be asked `hasSubscribers` right where a section begins and ends: a call more, there, is five
 * percent of an uncontended section.
 */
export const acquired: Heard = channel('oneiric:lock:acquired');
export const released: Heard = channel('oneiric:lock:released');

/** Tells that a section begins; to be called where somebody listens to `acquired`. */
export function tellAcquired(frame: SectionFrame, waitMs: number): void {
  publish('oneiric:lock:acquired', { ...messageOf(frame), waitMs });
}

/** Tells that a section has ended; to be called where somebody listens to `released`. */
export function tellReleased(frame: SectionFrame, holdMs: number): void {
  publish('oneiric:lock:released', { ...messageOf(frame), holdMs });
}

function messageOf(frame: SectionFrame): SectionMessage {
  return {
    lock: frame.core.name,
    section: sectionLabel(frame),
    mode: frame.reader ? 'shared' : 'exclusive',
  };
}
