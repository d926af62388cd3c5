/** Told after every piece of a phase. */
export type Progress = (phase: string, done: number, total: number) => void;

/** Sums up how long each step takes over many calls. */
export class Stopwatch<Step extends string> {
  readonly progress: Progress;
  readonly #timesMs: Record<Step, number>;

  constructor(steps: readonly Step[], progress: Progress = () => undefined) {
    this.progress = progress;
    this.#timesMs = Object.fromEntries(steps.map((step) => [step, 0])) as Record<Step, number>;
  }

  /** Milliseconds by step, so far. */
  get timesMs(): Readonly<Record<Step, number>> {
    return { ...this.#timesMs };
  }

  async time<T>(step: Step, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.#timesMs[step] += performance.now() - start;
    }
  }
}
