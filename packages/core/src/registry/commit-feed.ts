import { lockContext } from '../concurrency/lock-context.js';
import { createError } from '../errors/oneiric-error.js';
import { describeValue } from '../foundation/describe-value.js';
import { channelOf, type EventChannel } from '../observability/channels.js';
import { callListener } from '../observability/listener-failure.js';
import { inCause, type SpanCause } from '../observability/span-port.js';
import type { KeyCell } from './key-index.js';
import type { FromRegistry } from './registry-channels.js';
import type { RegistryChange } from './registry-change.js';
import { REGISTRY_ERRORS } from './registry-errors.js';
import type { DecisionChange, RegistryEvents } from './registry-events.js';
import { RegistrySnapshot } from './registry-snapshot.js';
import type { RegistryState } from './registry-state.js';

/** One commit as the feed gets it. */
export interface Commit {
  readonly before: RegistryState;
  readonly after: RegistryState;
  readonly changes: readonly RegistryChange[];
  /** The keys whose decision may be another one. */
  readonly touched: readonly KeyCell[];
  /** Where it was committed, for spans. */
  readonly cause: SpanCause | undefined;
}

const CHANNELS: {
  readonly [E in keyof RegistryEvents]: EventChannel<FromRegistry & RegistryEvents[E]>;
} = {
  changed: channelOf('oneiric:registry:changed'),
  'decision-changed': channelOf('oneiric:decision:changed'),
};

interface Listener {
  /** The last revision that was published when it began to listen: it is told of those after that. */
  readonly since: number;
  readonly call: (event: never) => unknown;
}

/**
 * Tells listeners about commits, one after the other, in revision order, outside the lock's section and as a
 * stranger to every lock. Costs nothing while nobody listens.
 */
export class CommitFeed {
  readonly #listeners: Readonly<Record<keyof RegistryEvents, Set<Listener>>> = {
    changed: new Set(),
    'decision-changed': new Set(),
  };
  readonly #registry: object;
  #waiting: Commit[] = [];
  #delivering = false;

  /** @param registry what messages say that they come from */
  constructor(registry: object) {
    this.#registry = registry;
  }

  on<E extends keyof RegistryEvents>(
    event: E,
    call: (event: RegistryEvents[E]) => unknown,
    since: number,
  ): Disposable {
    if (!Object.hasOwn(this.#listeners, event)) {
      throw createError(REGISTRY_ERRORS, 'ONEIRIC_REGISTRY_EVENT_UNKNOWN', { found: describeValue(event) });
    }
    const listeners = this.#listeners[event];
    const own: Listener = { since, call };
    listeners.add(own);
    return {
      [Symbol.dispose]() {
        listeners.delete(own);
      },
    };
  }

  add(commit: Commit): void {
    if (this.#isHeard('changed') || this.#isHeard('decision-changed')) this.#waiting.push(commit);
  }

  deliver(): void {
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      for (let commit = this.#waiting.shift(); commit !== undefined; commit = this.#waiting.shift()) {
        const next = commit;
        inCause(next.cause, () => {
          lockContext().outside(() => {
            this.#tell(next);
          });
        });
      }
    } finally {
      this.#delivering = false;
    }
  }

  #tell({ before, after, changes, touched }: Commit): void {
    for (const change of changes) Object.freeze(change);
    const event = {
      revision: after.revision,
      changes: Object.freeze(changes),
      snapshot: new RegistrySnapshot(after),
    };
    this.#emit('changed', Object.freeze(event));
    if (!this.#isHeard('decision-changed')) return;
    const decisions = touched.flatMap((cell): DecisionChange | readonly never[] => {
      const [previous, winner] = [before.winnerAt(cell), after.winnerAt(cell)];
      return previous === winner
        ? []
        : Object.freeze({ domain: cell.domain, key: cell.key, previous, winner });
    });
    if (decisions.length === 0) return;
    this.#emit('decision-changed', Object.freeze({ ...event, decisions: Object.freeze(decisions) }));
  }

  #isHeard(event: keyof RegistryEvents): boolean {
    return this.#listeners[event].size > 0 || CHANNELS[event].hasSubscribers;
  }

  #emit<E extends keyof RegistryEvents>(event: E, value: RegistryEvents[E]): void {
    const channel: EventChannel<FromRegistry & RegistryEvents[E]> = CHANNELS[event];
    if (channel.hasSubscribers) channel.publish({ registry: this.#registry, ...value });
    const listeners = this.#listeners[event];
    for (const listener of [...listeners]) {
      if (value.revision <= listener.since || !listeners.has(listener)) continue;
      callListener(`registry:${event}`, listener.call as (event: RegistryEvents[E]) => unknown, value);
    }
  }
}
