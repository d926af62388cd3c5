import { setImmediate, setTimeout } from 'node:timers/promises';

import type { LiveTools } from '../tools.js';
import type { Block } from './block.js';
import { packAndUnpack } from './pack-and-unpack.js';

/** After a refusal, so that it is not asked for again at once and for ever. */
const PAUSE_MS = 200;
const FAILURES_KEPT = 5;

/** Does jobs, several at a time, until it is stopped; what has begun is finished. */
export class Workshop {
  readonly #tools: LiveTools;
  readonly #blocks: readonly Block[];
  readonly #stop: AbortSignal;
  readonly #giveUp: AbortSignal;
  readonly #failures: unknown[] = [];
  #next = 0;
  #inFlight = 0;
  #done = 0;
  #wrong = 0;
  #failed = 0;
  #forgotten = 0;

  /**
   * @param stop no job begins any more
   * @param giveUp jobs that wait for what is paused end, too
   */
  constructor(tools: LiveTools, blocks: readonly Block[], stop: AbortSignal, giveUp: AbortSignal) {
    this.#tools = tools;
    this.#blocks = blocks;
    this.#stop = stop;
    this.#giveUp = giveUp;
  }

  /** Jobs that gave back what they were given. */
  get done(): number {
    return this.#done;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Jobs that gave back something else. */
  get wrong(): number {
    return this.#wrong;
  }

  /** Jobs that gave nothing back, for want of a tool; those that were given up are not among them. */
  get failed(): number {
    return this.#failed;
  }

  /** Jobs for which the cache had forgotten the block. */
  get forgotten(): number {
    return this.#forgotten;
  }

  /** Why jobs failed: the first of them. */
  get failures(): readonly unknown[] {
    return this.#failures;
  }

  async run(jobs: number): Promise<void> {
    await Promise.all(Array.from({ length: jobs }, () => this.#work()));
  }

  async #work(): Promise<void> {
    while (!this.#stop.aborted) {
      const block = this.#blocks[this.#next++ % this.#blocks.length];
      if (block === undefined) return;
      this.#inFlight++;
      const isAnswered = await this.#do(block);
      this.#inFlight--;
      // Some tools never let go of the thread; who attaches wants to be heard, too.
      if (isAnswered) await setImmediate();
      else await setTimeout(PAUSE_MS, undefined, { signal: this.#stop }).catch(() => undefined);
    }
  }

  /** @returns whether anything came back */
  async #do(block: Block): Promise<boolean> {
    const signal = this.#giveUp;
    try {
      const { isRight, isForgotten } = await packAndUnpack(this.#tools, block, { signal });
      if (isRight) this.#done++;
      else this.#wrong++;
      if (isForgotten) this.#forgotten++;
      return true;
    } catch (error) {
      if (signal.aborted && error === signal.reason) return false;
      this.#failed++;
      if (this.#failures.length < FAILURES_KEPT) this.#failures.push(error);
      return false;
    }
  }
}
