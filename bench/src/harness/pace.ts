/** How long a run takes its time. */
export interface Pace {
  readonly quick: boolean;
  /** Samples of each contender, taken in turn. */
  readonly rounds: number;
  /** How long one sample lasts at least, in milliseconds. */
  readonly sampleMs: number;
  /** How long each contender runs before the first sample, in milliseconds. */
  readonly warmUpMs: number;
  /** How often each contender that runs in a process of its own gets one. */
  readonly processes: number;
}

export const FULL: Pace = { quick: false, rounds: 21, sampleMs: 15, warmUpMs: 300, processes: 5 };
export const QUICK: Pace = { quick: true, rounds: 7, sampleMs: 4, warmUpMs: 60, processes: 2 };
