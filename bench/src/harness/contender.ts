/** One side of a comparison. Each has a loop of its own, so that no two share what the compiler learns in it. */
export interface Contender {
  /**
   * Does the work `turns` times and returns something made of all the results, so that none of the work can be left
   * out. Only this is timed.
   */
  run(turns: number): unknown;
  /** Makes what the next `run(turns)` uses up; not timed. */
  prepare?(turns: number): unknown;
}

export type MakeContender = () => Contender | Promise<Contender>;
export type Contenders<Name extends string = string> = Readonly<Record<Name, MakeContender>>;
