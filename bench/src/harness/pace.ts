/** How long a run takes its time. */
export interface Pace {
  readonly quick: boolean;
  /** Samples of each contender, taken in turn. */
  readonly rounds: number;
  /** How long one sample lasts at least, in milliseconds. */
  readonly sampleMs: number;
  /** How long each contender runs before the first sample, in milliseconds. */
  readonly warmUpMs: number;
  /** Runs before the first sample, where their length is given. */
  readonly warmUps: number;
  /** How often each contender that runs in a process of its own gets one. */
  readonly processes: number;
}

export const FULL: Pace = { quick: false, rounds: 21, sampleMs: 15, warmUpMs: 300, warmUps: 4, processes: 5 };
export const QUICK: Pace = { quick: true, rounds: 7, sampleMs: 4, warmUpMs: 60, warmUps: 2, processes: 2 };
