import type { LockEvents } from './lock-events.js';
import type { LockSettings } from './lock-options.js';
import type { LockOrder } from './lock-order.js';
import type { LockStatistics } from './lock-statistics.js';

/** Who a lock is: what its frames, its waiting requests and the other locks need to know of it. */
export interface LockCore {
  readonly name: string;
  readonly settings: LockSettings;
  readonly events: LockEvents;
  readonly statistics: LockStatistics;
  /** What it remembers of the order in which locks are taken; made when it is first needed. */
  order(): LockOrder;
}
