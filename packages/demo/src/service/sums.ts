/** What a service has done, once it is closed: `--json` prints it in one line. */
export interface Sums {
  readonly name: string;
  readonly pid: number;
  readonly seconds: number;
  readonly jobs: {
    /** Gave back what they were given, byte for byte. */
    readonly done: number;
    readonly wrong: number;
    /** Gave nothing back: a tool, or the lifecycle, refused. */
    readonly failed: number;
  };
  readonly calls: {
    readonly begun: number;
    readonly answered: number;
    readonly refused: number;
    /** Waited for something paused, and were given up when the service was stopped. */
    readonly withdrawn: number;
    readonly lost: number;
    /** Had their instance closed under them. */
    readonly onClosed: number;
  };
  /** Blocks that the cache did not have any more: an empty cache took its place, or it was full. */
  readonly forgotten: number;
  readonly swaps: number;
  readonly instances: { readonly started: number; readonly closedOnce: number };
  /** What was wrong besides: why jobs failed, what could not be closed. */
  readonly problems: readonly string[];
  /** Nothing was lost, refused or wrong, and every instance was closed once. */
  readonly isFine: boolean;
}

/** Whether there is nothing to complain of. */
export function isFine({ jobs, calls, instances, problems }: Omit<Sums, 'isFine'>): boolean {
  return (
    jobs.wrong + jobs.failed + calls.refused + calls.lost + calls.onClosed + problems.length === 0 &&
    instances.closedOnce === instances.started
  );
}
