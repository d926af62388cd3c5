import type { LiveHandle } from '@oneiric/core';

import type { LiveTools } from '../tools.js';
import type { InstanceBook } from './instance-book.js';

/** Counts calls on live handles, and what came of each. */
export class CallBook {
  readonly #instances: Pick<InstanceBook, 'isClosed'>;
  readonly #giveUp: AbortSignal;
  #calls = 0;
  #answered = 0;
  #refused = 0;
  #withdrawn = 0;
  #onClosed = 0;

  /** @param giveUp what ends the waiting of calls */
  constructor(instances: Pick<InstanceBook, 'isClosed'>, giveUp: AbortSignal) {
    this.#instances = instances;
    this.#giveUp = giveUp;
  }

  /** How many were begun. Each of them becomes one of those below. */
  get calls(): number {
    return this.#calls;
  }

  get answered(): number {
    return this.#answered;
  }

  /** An error came, of the tool or of the lifecycle: calls that waited for too long, for example. */
  get refused(): number {
    return this.#refused;
  }

  /** They waited for something paused, and were given up when the service was stopped. */
  get withdrawn(): number {
    return this.#withdrawn;
  }

  /** Neither of these until now: in flight, and lost once nothing is in flight any more. */
  get unanswered(): number {
    return this.#calls - this.#answered - this.#refused - this.#withdrawn;
  }

  /** Calls under which their instance was closed. */
  get onClosed(): number {
    return this.#onClosed;
  }

  /** The same handles; calls of `use` are counted. */
  watch(tools: LiveTools): LiveTools {
    const watched = Object.entries(tools).map(([name, handle]) => [
      name,
      this.#counting(handle as LiveHandle<unknown>),
    ]);
    return Object.fromEntries(watched) as LiveTools;
  }

  #counting(handle: LiveHandle<unknown>): LiveHandle<unknown> {
    return {
      get proxy() {
        return handle.proxy;
      },
      peek: () => handle.peek(),
      use: async (fn, options) => {
        this.#calls++;
        try {
          const answer = await handle.use(async (instance) => {
            try {
              return await fn(instance);
            } finally {
              if (this.#instances.isClosed(instance)) this.#onClosed++;
            }
          }, options);
          this.#answered++;
          return answer;
        } catch (error) {
          if (this.#giveUp.aborted && error === this.#giveUp.reason) this.#withdrawn++;
          else this.#refused++;
          throw error;
        }
      },
    };
  }
}
